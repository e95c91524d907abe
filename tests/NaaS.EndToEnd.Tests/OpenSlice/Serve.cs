using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using NaaS.OpenSlice.Osom;
using NaaS.Standalone.Demo;
using NaaS.Standalone.Serving;

namespace NaaS.EndToEnd.Tests.OpenSlice;

/// <summary><c>naas serve</c> with its own token endpoint.</summary>
internal sealed class Serve : IRunningNaas
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("naas-serve-");
    private readonly Uri url = new($"http://127.0.0.1:{AllInOne.FreePort()}");
    private readonly Accounts accounts = new();
    private readonly Dictionary<string, string> settings;
    private readonly HttpClient http = new();
    private Executable? process;

    private Serve(IEnumerable<(string Key, string Value)> more)
    {
        settings = new Dictionary<string, string>(accounts.Settings);
        foreach (var (key, value) in more)
        {
            settings[key] = value;
        }
    }

    public Uri Api => url;

    public Uri Charts { get; private set; } = null!;

    public PartnerAccess OpenSlice => accounts.ForOpenSlice(url);

    public string Output => process!.Output;

    /// <summary>Addresses of the simulated clusters.</summary>
    public IReadOnlyDictionary<string, Uri> Clusters { get; private set; } = new Dictionary<string, Uri>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<Serve> StartAsync(params (string Key, string Value)[] settings)
    {
        var serve = new Serve(settings);
        await serve.StartProcessAsync();
        return serve;
    }

    /// <summary>Ends it as a service manager does, and starts it anew on what it has kept.</summary>
    public async Task RestartAsync()
    {
        await process!.StopAsync(Token);
        await process.DisposeAsync();
        await StartProcessAsync();
    }

    public Task<string> ManagerTokenAsync() => accounts.ManagerTokenAsync(url, http, Token);

    public async Task JoinAsync(string cluster)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(url, $"/sandbox/clusters/{cluster}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await ManagerTokenAsync());
        using var response = await http.SendAsync(request, Token);
        response.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        await process!.DisposeAsync();
        http.Dispose();
        data.Delete(recursive: true);
    }

    private async Task StartProcessAsync()
    {
        process = Executable.Start("NaaS.Standalone", "naas", ["serve", "--urls", url.ToString(), "--data", data.FullName, "--hub-port", "0"], settings);
        var file = Path.Combine(data.FullName, "addresses.json");
        await process.UntilAsync(() => Task.FromResult(File.Exists(file)), Token);
        var addresses = JsonNode.Parse(await File.ReadAllTextAsync(file, Token))!;
        Charts = new Uri((string)addresses["charts"]!);
        Clusters = addresses["clusters"]!.AsObject().ToDictionary(cluster => cluster.Key, cluster => new Uri((string)cluster.Value!));
    }
}
