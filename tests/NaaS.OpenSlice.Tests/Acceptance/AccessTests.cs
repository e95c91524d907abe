using System.Net;
using NaaS.OpenSlice.Osom;
using NaaS.OpenSlice.Tests.Hosting;

namespace NaaS.OpenSlice.Tests.Acceptance;

/// <summary>How OpenSlice gets in, with the numbers of its acceptance checks.</summary>
public sealed class AccessTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Check_01_A_password_grant_with_the_client_in_a_Basic_header_gives_a_bearer_token()
    {
        await using var naas = await Naas.StartWithTokensAsync();
        using var client = new OsomClient(Tokens.OpenSlice(naas.Url), TimeProvider.System);

        var reply = await client.TokenAsync(Stop);

        reply["access_token"]!.ToString().ShouldNotBeEmpty();
        reply["token_type"]!.ToString().ShouldBe("Bearer");
        ((int)reply["expires_in"]!).ShouldBeGreaterThan(0);
        using var guessing = new OsomClient(Tokens.OpenSlice(naas.Url) with { Password = "guess" }, TimeProvider.System);
        var refusal = await Should.ThrowAsync<HttpRequestException>(() => guessing.TokenAsync(Stop));
        refusal.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var foreign = new OsomClient(Tokens.OpenSlice(naas.Url) with { ClientSecret = "guess" }, TimeProvider.System);
        (await Should.ThrowAsync<HttpRequestException>(() => foreign.TokenAsync(Stop))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact(Timeout = 60_000)]
    public async Task Check_02_Every_call_may_ask_for_a_token_of_its_own_many_at_once()
    {
        await using var naas = await Naas.StartWithTokensAsync();
        var id = await naas.PublishAsync("shop", Samples.Application);
        using var client = new OsomClient(Tokens.OpenSlice(naas.Url), TimeProvider.System);

        await Parallel.ForEachAsync(Enumerable.Range(0, 100), Stop, async (_, stop) => await client.SpecificationAsync(id, stop));

        client.Exchanges.Count.ShouldBe(200);
        client.Exchanges.ShouldAllBe(exchange => exchange.IsGood);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("serviceCatalogManagement/v4/serviceSpecification", 200)]
    [InlineData("serviceOrdering/v4/serviceOrder", 200)]
    [InlineData("serviceInventory/v4/service", 200)]
    [InlineData("serviceOrderingManagement/v4/serviceOrder", 404)]
    [InlineData("serviceInventoryManagement/v4/service", 404)]
    public async Task Check_03_Paths_are_exactly_those_that_OpenSlice_has_built_in(string path, int status)
    {
        await using var naas = await Naas.StartWithTokensAsync();
        using var client = new OsomClient(Tokens.OpenSlice(naas.Url), TimeProvider.System);
        var token = (string?)(await client.TokenAsync(Stop))["access_token"];

        (await client.StatusAsync($"/tmf-api/{path}", token, Stop)).ShouldBe(status);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("serviceCatalogManagement/v4/serviceSpecification")]
    [InlineData("serviceOrdering/v4/serviceOrder")]
    [InlineData("serviceInventory/v4/service")]
    public async Task Check_04_Without_a_valid_token_it_is_401_and_with_one_it_is_JSON_without_a_redirect(string path)
    {
        await using var naas = await Naas.StartWithTokensAsync();
        using var client = new OsomClient(Tokens.OpenSlice(naas.Url), TimeProvider.System);

        (await client.StatusAsync($"/tmf-api/{path}", null, Stop)).ShouldBe(401);
        (await client.StatusAsync($"/tmf-api/{path}", "senseless", Stop)).ShouldBe(401);
        (await client.StatusAsync($"/tmf-api/{path}", (string?)(await client.TokenAsync(Stop))["access_token"], Stop)).ShouldBe(200);

        var last = client.Exchanges.Last();
        last.ContentType.ShouldBe("application/json");
        last.Took.ShouldBeLessThan(OsomClient.Patience);
    }
}
