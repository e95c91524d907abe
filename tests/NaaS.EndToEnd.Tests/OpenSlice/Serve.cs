using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace NaaS.EndToEnd.Tests.OpenSlice;

/// <summary><c>naas serve</c> with authentication on, and an operator who works with it.</summary>
internal sealed class Serve : IAsyncDisposable
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("naas-serve-");
    private readonly Executable process;
    private readonly HttpClient operatorClient;

    private Serve(TokenServer tokens, CancellationToken cancellationToken)
    {
        Token = cancellationToken;
        process = Executable.Start(
            "NaaS.Standalone", "naas", ["serve", "--urls", "http://127.0.0.1:0", "--data", data.FullName, "--hub-port", "0"], tokens.Settings);
        operatorClient = new HttpClient();
        operatorClient.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.Token("naas.catalogue"));
    }

    public Uri Api { get; private set; } = null!;

    public Uri Charts { get; private set; } = null!;

    public string Output => process.Output;

    private CancellationToken Token { get; }

    public static async Task<Serve> StartAsync(TokenServer tokens, CancellationToken cancellationToken)
    {
        var serve = new Serve(tokens, cancellationToken);
        var file = Path.Combine(serve.data.FullName, "addresses.json");
        await serve.process.UntilAsync(() => Task.FromResult(File.Exists(file)), cancellationToken);
        var addresses = JsonNode.Parse(await File.ReadAllTextAsync(file, cancellationToken))!;
        (serve.Api, serve.Charts) = (new Uri((string)addresses["api"]!), new Uri((string)addresses["charts"]!));
        serve.operatorClient.BaseAddress = serve.Api;
        return serve;
    }

    /// <summary>Publishes a specification; its id.</summary>
    public async Task<string> PublishAsync(JsonObject specification)
    {
        using var response = await operatorClient.PostAsJsonAsync("/tmf-api/serviceCatalogManagement/v4/serviceSpecification", specification, Token);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync(Token));
        return (string)(await response.Content.ReadFromJsonAsync<JsonNode>(Token))!["id"]!;
    }

    /// <summary>A simulated cluster joins the hub.</summary>
    public async Task JoinAsync(string cluster)
    {
        using var response = await operatorClient.PutAsync(new Uri($"/sandbox/clusters/{cluster}", UriKind.Relative), null, Token);
        response.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        operatorClient.Dispose();
        data.Delete(recursive: true);
    }
}
