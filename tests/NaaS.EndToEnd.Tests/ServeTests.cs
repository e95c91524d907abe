using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace NaaS.EndToEnd.Tests;

public sealed class ServeTests : IDisposable
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("naas-serve-");
    private readonly HttpClient http = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string AddressFile => Path.Combine(data.FullName, "addresses.json");

    public void Dispose()
    {
        http.Dispose();
        data.Delete(recursive: true);
    }

    [Fact(Timeout = 120_000)]
    public async Task What_was_stored_is_there_after_a_restart()
    {
        JsonNode created;
        await using (var first = await ServeAsync())
        {
            using var response = await http.PostAsJsonAsync(
                await ApiAsync("/tmf-api/serviceCatalogManagement/v4/serviceSpecification"), new JsonObject { ["name"] = "kept" }, Token);
            created = (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>(Token))!;
            await first.StopAsync(Token);
            File.Exists(AddressFile).ShouldBeFalse("addresses.json says that the service runs");
        }

        await using var second = await ServeAsync();

        var again = await http.GetFromJsonAsync<JsonNode>(await ApiAsync($"/tmf-api/serviceCatalogManagement/v4/serviceSpecification/{created["id"]}"), Token);
        ((string?)again!["name"]).ShouldBe("kept");
    }

    [Theory(Timeout = 120_000)]
    [InlineData("hub", "managedclusters", "c2")]
    [InlineData("c1", "namespaces", "default")]
    public async Task The_real_kubectl_reads_hub_and_clusters(string context, string resource, string name)
    {
        var kubectl = Environment.GetEnvironmentVariable("NAAS_KUBECTL");
        Assert.SkipWhen(kubectl is null, "NAAS_KUBECTL is not set; tests/run.sh sets it");
        await using var serve = await ServeAsync();

        using var process = Process.Start(new ProcessStartInfo(
            kubectl!, ["--kubeconfig", Path.Combine(data.FullName, "kubeconfig"), "--context", context, "get", resource])
        {
            RedirectStandardOutput = true,
        })!;
        var table = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);

        process.ExitCode.ShouldBe(0);
        table.ShouldContain(name);
    }

    private async Task<Executable> ServeAsync()
    {
        var serve = Executable.Start("NaaS.Standalone", "naas", ["serve", "--urls", "http://127.0.0.1:0", "--data", data.FullName]);
        await serve.UntilAsync(() => Task.FromResult(File.Exists(AddressFile)), Token);
        return serve;
    }

    private async Task<Uri> ApiAsync(string path)
    {
        var addresses = JsonNode.Parse(await File.ReadAllTextAsync(AddressFile, Token))!;
        return new Uri(new Uri((string)addresses["api"]!), path);
    }
}
