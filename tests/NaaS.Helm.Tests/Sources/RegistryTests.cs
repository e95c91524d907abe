using System.Text;
using NaaS.Helm.Charts;
using NaaS.Helm.Sources;
using NaaS.Helm.Tests.Charts;

namespace NaaS.Helm.Tests.Sources;

public sealed class RegistryTests
{
    private static readonly ChartSourceOptions Loopback = new() { AllowedLocations = [], AllowLoopback = true };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "1.1.0")]
    [InlineData("1.0.0", "1.0.0")]
    [InlineData("~1.0", "1.0.0")]
    [InlineData("1.2.0-rc.1", "1.2.0-rc.1")]
    [InlineData("1.0.0+build.5", "1.0.0+build.5")]
    public async Task A_chart_comes_from_a_registry_by_version_or_range(string? wanted, string chosen)
    {
        await using var server = await ChartServer.StartAsync();
        server.Registry("org/web", "1.0.0", "1.1.0", "1.2.0-rc.1", "1.0.0+build.5");
        using var fetcher = new ChartFetcher(Loopback);

        (await fetcher.FetchAsync(new ChartReference(null, $"oci://{server.Authority}/org/web", wanted), Ct)).Version.ShouldStartWith(chosen);
        (await fetcher.FetchAsync(new ChartReference($"oci://{server.Authority}/org", "web", wanted), Ct)).Version.ShouldStartWith(chosen);
    }

    [Fact]
    public async Task A_version_that_does_not_exist_is_refused_and_those_that_do_are_named()
    {
        await using var server = await ChartServer.StartAsync();
        server.Registry("org/web", "1.0.0", "1.1.0");
        using var fetcher = new ChartFetcher(Loopback);

        foreach (var wanted in new[] { "9.9.9", "^9" })
        {
            var error = await Should.ThrowAsync<ChartNotFoundException>(fetcher.FetchAsync(new ChartReference(null, $"oci://{server.Authority}/org/web", wanted), Ct));
            error.Message.ShouldContain("org/web");
            error.Available.ShouldBe(["1.1.0", "1.0.0"]);
        }

        await Should.ThrowAsync<ChartNotFoundException>(fetcher.FetchAsync(new ChartReference(null, $"oci://{server.Authority}/org/none", null), Ct));
    }

    [Fact]
    public async Task A_digest_is_enforced()
    {
        await using var server = await ChartServer.StartAsync();
        server.Registry("org/web", "1.0.0");
        var right = ChartServer.Digest(ChartServer.Manifest(ChartServer.Digest(TestCharts.PackVersion("web", "1.0.0"))));
        using var fetcher = new ChartFetcher(Loopback);

        (await fetcher.FetchAsync(new ChartReference(null, $"oci://{server.Authority}/org/web@{right}", null), Ct)).Version.ShouldBe("1.0.0");
        (await fetcher.FetchAsync(new ChartReference(null, $"oci://{server.Authority}/org/web:1.0.0@{right}", "1.0.0"), Ct)).Version.ShouldBe("1.0.0");
        await Should.ThrowAsync<ChartCorruptException>(
            fetcher.FetchAsync(new ChartReference(null, $"oci://{server.Authority}/org/web@sha256:{new string('0', 64)}", "1.0.0"), Ct));
    }

    [Fact]
    public async Task A_layer_or_manifest_that_differs_from_its_digest_is_refused()
    {
        await using var server = await ChartServer.StartAsync();
        var archive = TestCharts.PackVersion("web", "1.0.0");
        server.Registry("org/web", "1.0.0").Serve($"/v2/org/web/blobs/{ChartServer.Digest(archive)}", TestCharts.PackVersion("web", "1.0.1"));
        var manifest = ChartServer.Manifest(ChartServer.Digest(archive));
        server.Serve($"/v2/org/web/manifests/{ChartServer.Digest(manifest)}", [.. manifest, (byte)' ']);
        using var fetcher = new ChartFetcher(Loopback);

        await Should.ThrowAsync<ChartCorruptException>(fetcher.FetchAsync(new ChartReference(null, $"oci://{server.Authority}/org/web", "1.0.0"), Ct));
        await Should.ThrowAsync<ChartCorruptException>(
            fetcher.FetchAsync(new ChartReference(null, $"oci://{server.Authority}/org/web@{ChartServer.Digest(manifest)}", null), Ct));
    }

    [Fact]
    public async Task An_image_that_is_no_chart_is_refused()
    {
        await using var server = await ChartServer.StartAsync();
        server.Serve("/v2/org/web/manifests/1.0.0", """{"config":{"mediaType":"application/vnd.oci.image.config.v1+json"},"layers":[]}""");
        using var fetcher = new ChartFetcher(Loopback);

        (await Should.ThrowAsync<ChartCorruptException>(fetcher.FetchAsync(new ChartReference(null, $"oci://{server.Authority}/org/web", "1.0.0"), Ct)))
            .Message.ShouldContain("no Helm chart");
    }

    [Theory]
    [InlineData("secret", true)]
    [InlineData("wrong", false)]
    public async Task A_token_is_fetched_from_the_service_that_the_registry_names(string password, bool accepted)
    {
        await using var tokens = await ChartServer.StartAsync();
        await using var server = await ChartServer.StartAsync();
        server.Registry("org/web", "1.0.0");
        tokens.Serve("/token", async context =>
        {
            var right = context.Request.Headers.Authorization == "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("user:secret"))
                && context.Request.Query["scope"] == "repository:org/web:pull" && context.Request.Query["service"] == "registry";
            context.Response.StatusCode = right ? 200 : 401;
            await context.Response.Body.WriteAsync("""{"token":"t0ken"}"""u8.ToArray());
        });
        await using var guarded = await Guarded(server, $"Bearer realm=\"{tokens.Address}token\",service=\"registry\",scope=\"repository:org/web:pull\"", "Bearer t0ken");
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, password, Ct);
        using var fetcher = new ChartFetcher(Loopback with { Credentials = [new ChartCredential(guarded.Authority, "user", "file:" + file)] });
        var fetch = fetcher.FetchAsync(new ChartReference(null, $"oci://{guarded.Authority}/org/web", "1.0.0"), Ct);

        if (accepted)
        {
            (await fetch).Version.ShouldBe("1.0.0");
            server.Requests.ShouldAllBe(r => r.Authorization == null);
        }
        else
        {
            await Should.ThrowAsync<ChartUnauthorizedException>(fetch);
        }

        File.Delete(file);
    }

    [Fact]
    public async Task Basic_credentials_are_sent_where_the_registry_asks_for_them_and_not_to_where_it_redirects()
    {
        await using var blobs = await ChartServer.StartAsync();
        await using var server = await ChartServer.StartAsync();
        blobs.Registry("org/web", "1.0.0");
        await using var guarded = await Guarded(blobs, "Basic realm=\"x\"", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("user:secret")));
        Environment.SetEnvironmentVariable("NAAS_TEST_REGISTRY_PASSWORD", "secret");
        using var fetcher = new ChartFetcher(Loopback with { Credentials = [new ChartCredential(guarded.Authority, "user", "env:NAAS_TEST_REGISTRY_PASSWORD")] });

        (await fetcher.FetchAsync(new ChartReference(null, $"oci://{guarded.Authority}/org/web", null), Ct)).Version.ShouldBe("1.0.0");

        blobs.Requests.ShouldNotBeEmpty();
        blobs.Requests.ShouldAllBe(r => r.Authorization == null);
        using var stranger = new ChartFetcher(Loopback);
        await Should.ThrowAsync<ChartUnauthorizedException>(stranger.FetchAsync(new ChartReference(null, $"oci://{guarded.Authority}/org/web", null), Ct));
    }

    [Fact]
    public async Task Tags_are_read_page_by_page()
    {
        await using var server = await ChartServer.StartAsync();
        server.Serve("/v2/org/web/tags/list", async context =>
        {
            var second = context.Request.Query["last"] == "1.0.0";
            context.Response.Headers.Link = second ? "" : "</v2/org/web/tags/list?n=1000&last=1.0.0>; rel=\"next\"";
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(second ? """{"tags":["1.1.0_b1","x"]}""" : """{"tags":["1.0.0","latest","v0.9.0"]}"""));
        });
        using var fetcher = new ChartFetcher(Loopback);

        (await fetcher.ListVersionsAsync(new ChartReference(null, $"oci://{server.Authority}/org/web", null), Ct)).ShouldBe(["1.1.0+b1", "1.0.0"]);
    }

    [Theory]
    [InlineData("oci://")]
    [InlineData("oci://host")]
    [InlineData("oci://host/../x")]
    [InlineData("oci://host/a//b")]
    [InlineData("oci://host/Upper")]
    [InlineData("oci://host/a@sha256:1")]
    [InlineData("oci://host/a?b=c")]
    public void What_names_no_chart_in_a_registry_is_refused(string text) =>
        Should.Throw<HelmException>(() => RegistryReference.Parse(text)).Message.ShouldContain("is expected");

    /// <summary>A registry that lets requests with the right header through to another one, by redirects.</summary>
    private static async Task<ChartServer> Guarded(ChartServer behind, string challenge, string authorization)
    {
        var guarded = await ChartServer.StartAsync();
        var archive = TestCharts.PackVersion("web", "1.0.0");
        foreach (var path in new[] { "manifests/1.0.0", "tags/list", $"blobs/{ChartServer.Digest(archive)}" })
        {
            guarded.Serve("/v2/org/web/" + path, context =>
            {
                if (context.Request.Headers.Authorization == authorization)
                {
                    context.Response.Redirect($"{behind.Address}v2/org/web/{path}");
                }
                else
                {
                    context.Response.StatusCode = 401;
                    context.Response.Headers.WWWAuthenticate = challenge;
                }

                return Task.CompletedTask;
            });
        }

        return guarded;
    }
}
