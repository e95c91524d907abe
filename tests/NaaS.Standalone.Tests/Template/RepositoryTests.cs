using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace NaaS.Standalone.Tests.Template;

/// <summary>Charts of repositories that helm knows by name, and sub charts that are fetched when they are missing.</summary>
public sealed class RepositoryTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("naas-repository-").FullName;
    private WebApplication? web;

    private string Url => web!.Urls.First();

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        web = builder.Build();
        Directory.CreateDirectory(Path.Combine(folder, "web"));
        web.UseFileServer(new FileServerOptions { FileProvider = new PhysicalFileProvider(Path.Combine(folder, "web")), StaticFileOptions = { ServeUnknownFileTypes = true } });
        await web.StartAsync(TestContext.Current.CancellationToken);

        Write("dep/Chart.yaml", "apiVersion: v2\nname: dep\nversion: 0.1.0\n");
        Write("dep/templates/a.yaml", "a: {{ .Chart.Name }}\n");
        using (var archive = new GZipStream(File.Create(Path.Combine(folder, "web", "dep-0.1.0.tgz")), CompressionLevel.Fastest))
        {
            TarFile.CreateFromDirectory(Path.Combine(folder, "dep"), archive, includeBaseDirectory: true);
        }

        const string Index = "apiVersion: v1\nentries:\n  dep:\n  - {apiVersion: v2, name: dep, version: 0.1.0, urls: [dep-0.1.0.tgz]}\n  - {apiVersion: v2, name: dep, version: 0.2.0-rc1, urls: [gone.tgz]}\n";
        Write("web/index.yaml", Index);
        Write("cache/stable-index.yaml", Index);
        Write("repositories.yaml", $"apiVersion: \"\"\nrepositories:\n- name: stable\n  url: {Url}\n");
    }

    public async ValueTask DisposeAsync()
    {
        await web!.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("stable/dep", true)]
    [InlineData("stable/dep --version >=0.1", true)]
    [InlineData("other/dep", true)]
    [InlineData("stable/nothing", false)]
    [InlineData("stable/dep --version 9.0.0", false)]
    public async Task A_chart_of_a_named_repository_is_found(string words, bool inTheSameWords)
    {
        string[] commandLine =
        [
            "app", .. words.Split(' '), "--repository-config", Path.Combine(folder, "repositories.yaml"), "--repository-cache", Path.Combine(folder, "cache"),
            "--content-cache", Path.Combine(folder, "content"),
        ];
        var helm = await RealHelm.TemplateAsync(folder, commandLine);
        var own = await OwnTemplate.RunAsync(commandLine);
        own.ExitCode.ShouldBe(helm.ExitCode, own.Error + helm.Error);
        Assert.Equal(helm.OutputText, own.OutputText);
        if (inTheSameWords)
        {
            Assert.Equal(helm.ErrorText, own.ErrorText);
        }
    }

    [Theory]
    [InlineData("file://../dep", ">=0.1.0")]
    [InlineData("URL", ">=0.1.0")]
    [InlineData("URL", ">=9")]
    [InlineData("@nope", "0.1.0")]
    [InlineData("file://../gone", "0.1.0")]
    [InlineData("", "0.1.0")]
    public async Task A_missing_sub_chart_is_fetched_as_the_real_helm_fetches_it(string repository, string version)
    {
        foreach (var name in new[] { "theirs", "ours" })
        {
            Write($"{name}/Chart.yaml", $"apiVersion: v2\nname: par\nversion: 0.1.0\ndependencies:\n- {{name: dep, version: \"{version}\", repository: \"{repository.Replace("URL", Url, StringComparison.Ordinal)}\"}}\n");
            Write($"{name}/templates/b.yaml", "b: {{ .Chart.Name }}\n");
        }

        string[] flags = ["--dependency-update", "--repository-config", Path.Combine(folder, "none.yaml"), "--repository-cache", Path.Combine(folder, "none"), "--content-cache", Path.Combine(folder, "content")];
        var helm = await RealHelm.TemplateAsync(folder, ["app", Path.Combine(folder, "theirs"), .. flags]);
        var own = await OwnTemplate.RunAsync(["app", Path.Combine(folder, "ours"), .. flags]);
        own.ExitCode.ShouldBe(helm.ExitCode, own.Error + helm.Error);
        Assert.Equal(helm.OutputText, own.OutputText);
        Assert.Equal(helm.ErrorText.Replace("theirs", "ours", StringComparison.Ordinal), own.ErrorText);
        Directory.Exists(Path.Combine(folder, "ours", "charts")).ShouldBeFalse();
    }

    [Fact]
    public async Task Webhook_configurations_come_last_for_Helm_3()
    {
        Write("hooks/Chart.yaml", "apiVersion: v2\nname: hooks\nversion: 0.1.0\n");
        Write("hooks/templates/a.yaml", "kind: ValidatingWebhookConfiguration\n---\nkind: Alpha\n---\nkind: Service\n---\nkind: Zulu\n---\nkind: MutatingWebhookConfiguration\n");
        var chart = Path.Combine(folder, "hooks");
        Kinds(await OwnTemplate.RunAsync("app", chart)).ShouldBe(["Service", "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration", "Alpha", "Zulu"]);
        Kinds(await OwnTemplate.RunAsync("app", chart, "--helm3")).ShouldBe(["Service", "Alpha", "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration", "Zulu"]);
    }

    private static IEnumerable<string> Kinds(Outcome outcome) =>
        outcome.OutputText.Split('\n').Where(line => line.StartsWith("kind: ", StringComparison.Ordinal)).Select(line => line["kind: ".Length..]);

    private void Write(string path, string text)
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
