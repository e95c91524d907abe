using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace NaaS.Helm.Tests.Sources;

/// <summary>A web server on loopback that plays a chart repository and an OCI registry: each test says what stands at which path.</summary>
internal sealed class ChartServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Dictionary<string, Func<HttpContext, Task>> paths = [];

    private ChartServer(WebApplication app) => this.app = app;

    /// <summary>Requests in order: path and Authorization header.</summary>
    public ConcurrentQueue<(string Path, string? Authorization)> Requests { get; } = new();

    public Uri Address => new(app.Urls.First());

    public string Authority => Address.Authority;

    public static async Task<ChartServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(System.Net.IPAddress.Loopback, 0, l => l.Protocols = HttpProtocols.Http1));
        var server = new ChartServer(builder.Build());
        server.app.Run(server.AnswerAsync);
        await server.app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public static string Digest(byte[] bytes) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));

    public ChartServer Serve(string path, byte[] body, string type = "application/octet-stream") => Serve(path, async context =>
    {
        context.Response.ContentType = type;
        await context.Response.Body.WriteAsync(body);
    });

    public ChartServer Serve(string path, string body) => Serve(path, Encoding.UTF8.GetBytes(body), "text/plain");

    public ChartServer Serve(string path, Func<HttpContext, Task> answer)
    {
        paths[path] = answer;
        return this;
    }

    public ChartServer Redirect(string path, string to) => Serve(path, context =>
    {
        context.Response.Redirect(to);
        return Task.CompletedTask;
    });

    /// <summary>Puts a chart of each version into a repository with index.yaml under a path.</summary>
    public ChartServer Repository(string path, string name, params string[] versions)
    {
        var index = new StringBuilder($"apiVersion: v1\nentries:\n  {name}:\n");
        foreach (var version in versions)
        {
            var archive = Charts.TestCharts.PackVersion(name, version);
            index.Append($"  - name: {name}\n    version: \"{version}\"\n    digest: {Digest(archive)["sha256:".Length..]}\n    urls: [{name}-{version}.tgz]\n");
            Serve($"{path}/{name}-{version}.tgz", archive);
        }

        return Serve(path + "/index.yaml", index.ToString());
    }

    /// <summary>Puts a chart of each version into a registry.</summary>
    public ChartServer Registry(string name, params string[] versions)
    {
        foreach (var version in versions)
        {
            var archive = Charts.TestCharts.PackVersion(name.Split('/')[^1], version);
            var manifest = Manifest(Digest(archive));
            Serve($"/v2/{name}/blobs/{Digest(archive)}", archive);
            Serve($"/v2/{name}/manifests/{version.Replace('+', '_')}", manifest, "application/vnd.oci.image.manifest.v1+json");
            Serve($"/v2/{name}/manifests/{Digest(manifest)}", manifest, "application/vnd.oci.image.manifest.v1+json");
        }

        var tags = string.Join(",", versions.Select(v => $"\"{v.Replace('+', '_')}\""));
        return Serve($"/v2/{name}/tags/list", $$"""{"name":"{{name}}","tags":[{{tags}},"latest"]}""");
    }

    public static byte[] Manifest(string layerDigest) => Encoding.UTF8.GetBytes(
        $$"""
        {"schemaVersion":2,"config":{"mediaType":"application/vnd.cncf.helm.config.v1+json","digest":"sha256:0","size":2},
        "layers":[{"mediaType":"application/vnd.cncf.helm.chart.content.v1.tar+gzip","digest":"{{layerDigest}}","size":1}]}
        """);

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        Requests.Enqueue((context.Request.Path.Value!, context.Request.Headers.Authorization.FirstOrDefault()));
        if (paths.TryGetValue(context.Request.Path.Value!, out var answer))
        {
            return answer(context);
        }

        context.Response.StatusCode = 404;
        return Task.CompletedTask;
    }
}
