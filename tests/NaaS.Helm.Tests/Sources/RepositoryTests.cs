using System.Text;
using NaaS.Helm.Charts;
using NaaS.Helm.Sources;
using NaaS.Helm.Tests.Charts;

namespace NaaS.Helm.Tests.Sources;

public sealed class RepositoryTests
{
    private static readonly ChartSourceOptions Loopback = new() { AllowedLocations = [], AllowLoopback = true };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "2.1.0")]
    [InlineData("", "2.1.0")]
    [InlineData("1.5.0", "1.5.0")]
    [InlineData("v1.4.0", "v1.4.0")]
    [InlineData("1.4.0", "v1.4.0")]
    [InlineData("^1.0.0", "1.5.0")]
    [InlineData("~1.4", "v1.4.0")]
    [InlineData(">=2.0.0-0", "3.0.0-rc.1")]
    [InlineData("3.0.0-rc.1", "3.0.0-rc.1")]
    public async Task The_version_is_chosen_by_helms_rules(string? wanted, string chosen)
    {
        await using var server = await ChartServer.StartAsync();
        server.Repository("/stable", "web", "1.5.0", "3.0.0-rc.1", "2.1.0", "v1.4.0");
        using var fetcher = new ChartFetcher(Loopback);

        var fetched = await fetcher.FetchAsync(new ChartReference($"{server.Address}stable", "web", wanted), Ct);

        fetched.Version.ShouldBe(chosen);
        fetched.Digest.ShouldBe(ChartServer.Digest(TestCharts.PackVersion("web", chosen)));
    }

    [Fact]
    public async Task A_version_that_does_not_exist_is_refused_and_those_that_do_are_named()
    {
        await using var server = await ChartServer.StartAsync();
        server.Repository("", "web", "1.0.0", "1.1.0");
        using var fetcher = new ChartFetcher(Loopback);

        var error = await Should.ThrowAsync<ChartNotFoundException>(fetcher.FetchAsync(new ChartReference(server.Address.ToString(), "web", "2.0.0"), Ct));

        error.Message.ShouldContain("chart \"web\"");
        error.Message.ShouldContain("\"2.0.0\"");
        error.Available.ShouldBe(["1.1.0", "1.0.0"]);
    }

    [Fact]
    public async Task A_chart_that_does_not_exist_is_refused_and_those_that_do_are_named()
    {
        await using var server = await ChartServer.StartAsync();
        server.Repository("", "web", "1.0.0");
        using var fetcher = new ChartFetcher(Loopback);

        var error = await Should.ThrowAsync<ChartNotFoundException>(fetcher.FetchAsync(new ChartReference(server.Address.ToString(), "shop", null), Ct));

        error.Message.ShouldContain("\"shop\"");
        error.Available.ShouldBe(["web"]);
    }

    [Fact]
    public async Task A_name_with_a_repository_prefix_is_found_by_its_last_part()
    {
        await using var server = await ChartServer.StartAsync();
        server.Repository("", "web", "1.0.0");
        using var fetcher = new ChartFetcher(Loopback);

        (await fetcher.FetchAsync(new ChartReference(server.Address.ToString(), "stable/web", null), Ct)).Chart.Name.ShouldBe("web");
    }

    [Fact]
    public async Task An_archive_that_differs_from_the_announced_digest_is_refused()
    {
        await using var server = await ChartServer.StartAsync();
        server.Repository("", "web", "1.0.0").Serve("/web-1.0.0.tgz", TestCharts.PackVersion("web", "1.0.1"));
        using var fetcher = new ChartFetcher(Loopback);

        (await Should.ThrowAsync<ChartCorruptException>(fetcher.FetchAsync(new ChartReference(server.Address.ToString(), "web", null), Ct)))
            .Message.ShouldContain("digest");
    }

    [Fact]
    public async Task An_archive_is_downloaded_once_and_kept_under_its_digest()
    {
        await using var server = await ChartServer.StartAsync();
        server.Repository("", "web", "1.0.0");
        var folder = Directory.CreateTempSubdirectory("naas-charts-").FullName;
        var reference = new ChartReference(server.Address.ToString(), "web", null);
        try
        {
            using (var first = new ChartFetcher(Loopback with { CacheFolder = folder }))
            {
                var one = await first.FetchAsync(reference, Ct);
                (await first.FetchAsync(reference, Ct)).Chart.ShouldBeSameAs(one.Chart);
            }

            using var second = new ChartFetcher(Loopback with { CacheFolder = folder });
            await second.FetchAsync(reference, Ct);

            server.Requests.Count(r => r.Path == "/web-1.0.0.tgz").ShouldBe(1);
            Directory.GetFiles(folder).ShouldHaveSingleItem().ShouldEndWith(ChartServer.Digest(TestCharts.PackVersion("web", "1.0.0"))[7..] + ".tgz");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_kept_archive_that_was_damaged_is_fetched_again()
    {
        await using var server = await ChartServer.StartAsync();
        server.Repository("", "web", "1.0.0");
        var folder = Directory.CreateTempSubdirectory("naas-charts-").FullName;
        var reference = new ChartReference(server.Address.ToString(), "web", null);
        try
        {
            using (var first = new ChartFetcher(Loopback with { CacheFolder = folder }))
            {
                await first.FetchAsync(reference, Ct);
            }

            await File.WriteAllTextAsync(Directory.GetFiles(folder)[0], "damaged", Ct);
            using var second = new ChartFetcher(Loopback with { CacheFolder = folder });

            (await second.FetchAsync(reference, Ct)).Version.ShouldBe("1.0.0");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Credentials_come_from_their_reference_and_a_wrong_one_is_told()
    {
        await using var server = await ChartServer.StartAsync();
        server.Serve("/web.tgz", async context =>
        {
            var expected = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("user:secret"));
            context.Response.StatusCode = context.Request.Headers.Authorization == expected ? 200 : 401;
            await context.Response.Body.WriteAsync(TestCharts.PackVersion("web", "1.0.0"));
        });
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "secret\n", Ct);
        var reference = new ChartReference(null, $"{server.Address}web.tgz", null);
        using var right = new ChartFetcher(Loopback with { Credentials = [new ChartCredential(server.Authority, "user", "file:" + file)] });
        using var none = new ChartFetcher(Loopback);

        (await right.FetchAsync(reference, Ct)).Version.ShouldBe("1.0.0");
        (await Should.ThrowAsync<ChartUnauthorizedException>(none.FetchAsync(reference, Ct))).Message.ShouldNotContain("secret");
        File.Delete(file);
    }

    [Fact]
    public async Task A_redirect_to_another_host_carries_no_credentials()
    {
        await using var other = await ChartServer.StartAsync();
        await using var server = await ChartServer.StartAsync();
        other.Serve("/web.tgz", TestCharts.PackVersion("web", "1.0.0"));
        server.Redirect("/web.tgz", $"{other.Address}web.tgz");
        Environment.SetEnvironmentVariable("NAAS_TEST_CHART_PASSWORD", "secret");
        using var fetcher = new ChartFetcher(Loopback with { Credentials = [new ChartCredential(server.Authority, "user", "env:NAAS_TEST_CHART_PASSWORD")] });

        (await fetcher.FetchAsync(new ChartReference(null, $"{server.Address}web.tgz", null), Ct)).Version.ShouldBe("1.0.0");

        server.Requests.ShouldHaveSingleItem().Authorization.ShouldNotBeNull();
        other.Requests.ShouldHaveSingleItem().Authorization.ShouldBeNull();
    }

    [Fact]
    public async Task Versions_are_listed_newest_first_within_the_range()
    {
        await using var server = await ChartServer.StartAsync();
        server.Repository("", "web", "1.9.0", "1.10.0", "2.0.0", "2.1.0-beta");
        using var fetcher = new ChartFetcher(Loopback);

        (await fetcher.ListVersionsAsync(new ChartReference(server.Address.ToString(), "web", null), Ct)).ShouldBe(["2.1.0-beta", "2.0.0", "1.10.0", "1.9.0"]);
        (await fetcher.ListVersionsAsync(new ChartReference(server.Address.ToString(), "web", "^1"), Ct)).ShouldBe(["1.10.0", "1.9.0"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("entries: {}")]
    [InlineData("apiVersion: v1\napiVersion: v1\n")]
    [InlineData("- 1")]
    [InlineData("a: b: c")]
    public async Task What_is_no_index_is_refused_as_corrupt(string index)
    {
        await using var server = await ChartServer.StartAsync();
        server.Serve("/index.yaml", index);
        using var fetcher = new ChartFetcher(Loopback);

        await Should.ThrowAsync<ChartCorruptException>(fetcher.FetchAsync(new ChartReference(server.Address.ToString(), "web", null), Ct));
    }

    [Fact]
    public async Task The_command_line_gets_the_same_choice_from_an_index_in_json()
    {
        await using var server = await ChartServer.StartAsync();
        server.Serve("/index.yaml", """{"apiVersion":"v1","entries":{"web":[{"version":"1.0.0","urls":["x/web.tgz"]},{"version":"bad"}]}}""");
        server.Serve("/x/web.tgz", TestCharts.PackVersion("web", "1.0.0"));
        using var fetcher = new ChartFetcher(Loopback);

        (await fetcher.FetchAsync(new ChartReference(server.Address.ToString().TrimEnd('/'), "web", null), Ct)).Version.ShouldBe("1.0.0");
    }

    [Fact]
    public async Task A_download_beyond_the_bound_is_broken_off()
    {
        await using var server = await ChartServer.StartAsync();
        server.Serve("/web.tgz", async context =>
        {
            // No length is announced, and there is no end.
            var block = new byte[65536];
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(block, context.RequestAborted);
            }
        });
        using var fetcher = new ChartFetcher(Loopback with { ArchiveBytes = 1_000_000 });

        await Should.ThrowAsync<ChartTooLargeException>(fetcher.FetchAsync(new ChartReference(null, $"{server.Address}web.tgz", null), Ct));
    }

    [Fact]
    public async Task A_server_that_fails_or_does_not_answer_is_unavailable()
    {
        await using var server = await ChartServer.StartAsync();
        server.Serve("/500.tgz", context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        server.Serve("/never.tgz", context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        using var fetcher = new ChartFetcher(Loopback with { Timeout = TimeSpan.FromSeconds(0.5) });

        await Should.ThrowAsync<ChartUnavailableException>(fetcher.FetchAsync(new ChartReference(null, $"{server.Address}500.tgz", null), Ct));
        await Should.ThrowAsync<ChartUnavailableException>(fetcher.FetchAsync(new ChartReference(null, $"{server.Address}never.tgz", null), Ct));
    }
}
