using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace NaaS.Standalone.Tests.Template;

/// <summary>Charts of an OCI registry, with what is told on standard error while they are pulled.</summary>
public sealed class RegistryTests : IAsyncLifetime
{
    private const string ManifestType = "application/vnd.oci.image.manifest.v1+json";
    private readonly string folder = Directory.CreateTempSubdirectory("naas-registry-").FullName;
    private readonly Dictionary<string, (string Type, byte[] Content)> answers = new(StringComparer.Ordinal);
    private WebApplication? web;

    public async ValueTask InitializeAsync()
    {
        var archive = Archive();
        var config = """{"name":"dep","version":"0.1.0","apiVersion":"v2"}"""u8.ToArray();
        var manifest = Encoding.UTF8.GetBytes($$"""
            {"schemaVersion":2,"mediaType":"{{ManifestType}}",
             "config":{"mediaType":"application/vnd.cncf.helm.config.v1+json","digest":"{{Digest(config)}}","size":{{config.Length}}},
             "layers":[{"mediaType":"application/vnd.cncf.helm.chart.content.v1.tar+gzip","digest":"{{Digest(archive)}}","size":{{archive.Length}}}]}
            """);
        answers["/v2/x/dep/tags/list"] = ("application/json", """{"name":"x/dep","tags":["0.1.0","latest"]}"""u8.ToArray());
        answers["/v2/x/dep/manifests/0.1.0"] = answers["/v2/x/dep/manifests/" + Digest(manifest)] = (ManifestType, manifest);
        answers["/v2/x/dep/blobs/" + Digest(config)] = ("application/octet-stream", config);
        answers["/v2/x/dep/blobs/" + Digest(archive)] = ("application/octet-stream", archive);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        web = builder.Build();
        web.Run(AnswerAsync);
        await web.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await web!.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("REGISTRY/x/dep")]
    [InlineData("REGISTRY/x/dep --version 0.1.0")]
    [InlineData("REGISTRY/x/dep:0.1.0")]
    [InlineData("REGISTRY/x/dep --version >=0.0.1")]
    [InlineData("REGISTRY/x/dep:0.1.0 --version 0.2.0")]
    [InlineData("dep --repo REGISTRY/x")]
    public async Task A_pull_is_told_as_the_real_helm_tells_it(string words)
    {
        string[] commandLine =
            ["app", .. words.Replace("REGISTRY", web!.Urls.First().Replace("http", "oci", StringComparison.Ordinal), StringComparison.Ordinal).Split(' '), "--plain-http", "--content-cache", Path.Combine(folder, "content")];
        var helm = await RealHelm.TemplateAsync(folder, commandLine);
        var own = await OwnTemplate.RunAsync(commandLine);
        own.ExitCode.ShouldBe(helm.ExitCode, own.Error + helm.Error);
        Assert.Equal(helm.OutputText, own.OutputText);
        Assert.Equal(helm.ErrorText, own.ErrorText);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (!answers.TryGetValue(context.Request.Path, out var answer))
        {
            context.Response.StatusCode = context.Request.Path == "/v2/" ? 200 : 404;
            return;
        }

        context.Response.ContentType = answer.Type;
        context.Response.ContentLength = answer.Content.Length;
        context.Response.Headers["Docker-Content-Digest"] = Digest(answer.Content);
        if (HttpMethods.IsGet(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(answer.Content, context.RequestAborted);
        }
    }

    private static byte[] Archive()
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(zip))
        {
            Add(tar, "dep/Chart.yaml", "apiVersion: v2\nname: dep\nversion: 0.1.0\n");
            Add(tar, "dep/templates/a.yaml", "kind: A\nname: {{ .Chart.Name }}\n");
        }

        return packed.ToArray();
    }

    private static void Add(TarWriter tar, string name, string text) =>
        tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });

    private static string Digest(byte[] content) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));
}
