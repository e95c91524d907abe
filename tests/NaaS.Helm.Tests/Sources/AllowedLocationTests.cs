using System.Net;
using NaaS.Helm.Charts;
using NaaS.Helm.Sources;
using NaaS.Helm.Tests.Charts;

namespace NaaS.Helm.Tests.Sources;

public sealed class AllowedLocationTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("*", "https://charts.example.org/web.tgz", true)]
    [InlineData("*", "oci://ghcr.io/org/web", true)]
    [InlineData("*", "http://charts.example.org/web.tgz", false)]
    [InlineData("https://charts.example.org", "https://charts.example.org/a/web.tgz", true)]
    [InlineData("https://charts.example.org/stable", "https://charts.example.org/stable/web.tgz", true)]
    [InlineData("https://charts.example.org/stable", "https://charts.example.org/stableX/web.tgz", false)]
    [InlineData("https://charts.example.org/stable", "https://charts.example.org/stable/../secret/web.tgz", false)]
    [InlineData("https://charts.example.org", "https://charts.example.org:8443/web.tgz", false)]
    [InlineData("https://charts.example.org:8443", "https://charts.example.org:8443/web.tgz", true)]
    [InlineData("https://charts.example.org", "https://charts.example.org.evil.net/web.tgz", false)]
    [InlineData("https://*.example.org", "https://charts.example.org/web.tgz", true)]
    [InlineData("https://*.example.org", "https://example.org/web.tgz", false)]
    [InlineData("http://charts.example.org", "http://charts.example.org/web.tgz", true)]
    [InlineData("oci://ghcr.io/org", "oci://ghcr.io/org/web", true)]
    [InlineData("oci://ghcr.io/org", "oci://ghcr.io/other/web", false)]
    [InlineData("oci://ghcr.io/org", "https://ghcr.io/org/web.tgz", false)]
    [InlineData("https://charts.example.org", "https://charts.example.org@evil.net/web.tgz", false)]
    public void A_location_is_allowed_by_scheme_host_port_and_path(string entry, string url, bool allowed)
    {
        var policy = new LocationPolicy(new ChartSourceOptions { AllowedLocations = [entry] });

        var require = () => policy.Require(new Uri(url));

        if (allowed)
        {
            require.ShouldNotThrow();
        }
        else
        {
            require.ShouldThrow<ChartNotAllowedException>();
        }
    }

    [Theory]
    [InlineData("93.184.216.34", true, true)]
    [InlineData("10.0.0.1", false, true)]
    [InlineData("172.31.0.1", false, true)]
    [InlineData("192.168.1.1", false, true)]
    [InlineData("100.64.0.1", false, true)]
    [InlineData("fd00::1", false, true)]
    [InlineData("64:ff9b::a00:1", false, true)]
    [InlineData("::ffff:10.0.0.1", false, true)]
    [InlineData("127.0.0.1", false, false)]
    [InlineData("::1", false, false)]
    [InlineData("169.254.169.254", false, false)]
    [InlineData("::ffff:169.254.169.254", false, false)]
    [InlineData("fe80::1", false, false)]
    [InlineData("0.0.0.0", false, false)]
    [InlineData("224.0.0.1", false, false)]
    public void An_address_is_allowed_by_its_range_and_by_who_allowed_the_host(string address, bool underStar, bool named)
    {
        Allows("*").ShouldBe(underStar);
        Allows("https://charts.example.org").ShouldBe(named);

        bool Allows(string entry)
        {
            var policy = new LocationPolicy(new ChartSourceOptions { AllowedLocations = [entry] });
            try
            {
                policy.RequireAddress("charts.example.org", IPAddress.Parse(address));
                return true;
            }
            catch (ChartNotAllowedException)
            {
                return false;
            }
        }
    }

    [Fact]
    public async Task A_host_on_this_machine_is_not_asked_where_only_a_star_allows_it()
    {
        await using var server = await ChartServer.StartAsync();
        using var fetcher = new ChartFetcher(new ChartSourceOptions { AllowedLocations = ["*"] });

        await Should.ThrowAsync<ChartNotAllowedException>(fetcher.FetchAsync(new ChartReference(null, $"https://{server.Authority}/web.tgz", null), Ct));
        await Should.ThrowAsync<ChartNotAllowedException>(fetcher.FetchAsync(new ChartReference(null, $"http://{server.Authority}/web.tgz", null), Ct));
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_redirect_to_a_location_that_is_not_allowed_is_not_followed()
    {
        await using var server = await ChartServer.StartAsync();
        await using var inside = await ChartServer.StartAsync();
        inside.Serve("/web.tgz", TestCharts.PackVersion("web", "1.0.0"));
        server.Redirect("/web.tgz", $"{inside.Address}web.tgz");
        using var fetcher = new ChartFetcher(new ChartSourceOptions { AllowedLocations = [$"http://{server.Authority}"] });

        await Should.ThrowAsync<ChartNotAllowedException>(fetcher.FetchAsync(new ChartReference(null, $"{server.Address}web.tgz", null), Ct));
        inside.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Redirects_without_end_are_given_up()
    {
        await using var server = await ChartServer.StartAsync();
        server.Redirect("/web.tgz", "/web.tgz");
        using var fetcher = new ChartFetcher(new ChartSourceOptions { AllowLoopback = true });

        await Should.ThrowAsync<ChartUnavailableException>(fetcher.FetchAsync(new ChartReference(null, $"{server.Address}web.tgz", null), Ct));
        server.Requests.Count.ShouldBe(6);
    }

    [Fact]
    public async Task Only_charts_inside_the_allowed_folders_are_read()
    {
        var root = Directory.CreateTempSubdirectory("naas-charts-").FullName;
        try
        {
            Directory.CreateDirectory(root + "/in/web");
            Directory.CreateDirectory(root + "/out/web");
            File.WriteAllText(root + "/in/web/Chart.yaml", TestCharts.Yaml);
            File.WriteAllText(root + "/out/web/Chart.yaml", TestCharts.Yaml);
            File.WriteAllText(root + "/out/secret.txt", "s");
            File.WriteAllBytes(root + "/in/web-0.2.0.tgz", TestCharts.PackVersion("web", "0.2.0"));
            File.CreateSymbolicLink(root + "/in/link.tgz", root + "/out/secret.txt");
            using var fetcher = new ChartFetcher(new ChartSourceOptions { FolderRoots = [root + "/in"] });

            (await fetcher.FetchAsync(new ChartReference(null, root + "/in/web", null), Ct)).Version.ShouldBe("0.1.0");
            (await fetcher.FetchAsync(new ChartReference(root + "/in", "web", null), Ct)).Version.ShouldBe("0.2.0");
            (await fetcher.FetchAsync(new ChartReference("file://" + root + "/in", "web", "0.1.0"), Ct)).Version.ShouldBe("0.1.0");
            (await fetcher.ListVersionsAsync(new ChartReference(root + "/in", "web", null), Ct)).ShouldBe(["0.2.0", "0.1.0"]);
            await Should.ThrowAsync<ChartNotAllowedException>(fetcher.FetchAsync(new ChartReference(null, root + "/out/web", null), Ct));
            await Should.ThrowAsync<ChartNotAllowedException>(fetcher.FetchAsync(new ChartReference(null, root + "/in/../out/web", null), Ct));
            await Should.ThrowAsync<ChartNotAllowedException>(fetcher.FetchAsync(new ChartReference(null, root + "/in/link.tgz", null), Ct));
            await Should.ThrowAsync<ChartNotFoundException>(fetcher.FetchAsync(new ChartReference(root + "/in", "../out/web", null), Ct));
            File.CreateSymbolicLink(root + "/in/web/secret.txt", root + "/out/secret.txt");
            await Should.ThrowAsync<ChartException>(fetcher.FetchAsync(new ChartReference(null, root + "/in/web", null), Ct));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }
}
