using NaaS.TmfRest.Tests.Support;

namespace NaaS.Api.Tests;

/// <summary>What the host itself answers.</summary>
public sealed class HealthTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Theory, InlineData("/health/live"), InlineData("/health/ready"), InlineData("/swagger/index.html")]
    public async Task The_host_answers(string path)
    {
        var server = await shared.GetAsync(() => ApiServer.StartAsync());
        using var client = new HttpClient { BaseAddress = new Uri(server.Root) };

        using var response = await client.GetAsync(path, TestContext.Current.CancellationToken);

        response.IsSuccessStatusCode.ShouldBeTrue();
    }

    [Fact]
    public async Task Addresses_are_those_that_the_operator_configured()
    {
        await using var server = await ApiServer.StartAsync(Database.Sqlite, ("Public:BaseUrl", "https://naas.example.com/"));

        var list = await server.Web.Get("/tmf-api/serviceCatalogManagement/v4/serviceCategory", ("Host", "evil.example"));

        list.Text("0.href").ShouldStartWith("https://naas.example.com/tmf-api/serviceCatalogManagement/v4/serviceCategory/");
    }

    [Fact]
    public async Task A_base_address_that_is_none_is_refused_at_start() =>
        (await Should.ThrowAsync<Exception>(() => ApiServer.StartAsync(Database.Sqlite, ("Public:BaseUrl", "naas")))).Message.ShouldContain("Public:BaseUrl");
}
