using System.Text.Json.Nodes;
using NaaS.OpenSlice.Checks;
using NaaS.OpenSlice.Osom;
using WireMock.Matchers;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace NaaS.OpenSlice.Tests.Checks;

/// <summary>The checks find what is wrong with a partner; that a good one passes is shown end to end.</summary>
public sealed class PartnerChecksTests : IDisposable
{
    private const string Catalogue = "/tmf-api/serviceCatalogManagement/v4";
    private const string Specification = "3f7a1c52-0c0e-4b0e-9f6a-5b7f4d2f1a01";
    private readonly WireMockServer partner = WireMockServer.Start();

    public PartnerChecksTests()
    {
        Answer("/token", """{"access_token":"t","token_type":"Bearer","expires_in":60}""");
        Answer($"{Catalogue}/serviceCategory/k", """{"id":"k","category":[],"serviceCandidate":[{"id":"c"}]}""");
        Answer($"{Catalogue}/serviceCandidate/c", $$$"""{"id":"c","category":[],"serviceSpecification":{"id":"{{{Specification}}}"}}""");
        Answer($"{Catalogue}/serviceSpecification", $$"""[{"id":"{{Specification}}"}]""");
        Answer($"{Catalogue}/serviceSpecification/{Specification}", Good);
        partner.Given(Request.Create().WithPath(new WildcardMatcher("/tmf-api/serviceOrdering/*"))).AtPriority(10).RespondWith(Response.Create().WithStatusCode(401));
        partner.Given(Request.Create().WithPath(new WildcardMatcher("/tmf-api/serviceInventory/*"))).AtPriority(10).RespondWith(Response.Create().WithStatusCode(401));
    }

    private static string Good =>
        $$"""{"id":"{{Specification}}","name":"n","version":"1","@type":"CustomerFacingServiceSpecification","serviceSpecCharacteristic":[],"relatedParty":[]}""";

    public void Dispose() => partner.Dispose();

    [Fact]
    public async Task A_catalogue_that_OpenSlice_can_import_passes_and_what_needs_an_order_is_not_run()
    {
        var results = await CheckAsync();

        results.Select(result => result.Number).ShouldBe(Enumerable.Range(1, 34));
        Of(results, CheckOutcome.Failed).ShouldBeEmpty();
        Of(results, CheckOutcome.Passed).ShouldBe([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 32, 34]);
    }

    [Theory]
    [InlineData("serviceCategory/k", """{"id":"k","category":null,"serviceCandidate":[]}""", new[] { 5 })]
    [InlineData("serviceCategory/k", """[{"id":"k"}]""", new[] { 5 })]
    [InlineData("serviceCandidate/c", """{"id":"c","category":[],"serviceSpecification":null}""", new[] { 6 })]
    [InlineData("serviceSpecification", """{"id":"x"}""", new[] { 7 })]
    [InlineData("serviceSpecification/" + Specification, """{"id":"x","@type":"T","name":"n","relatedParty":null}""", new[] { 8, 9, 10, 11, 12, 13 })]
    public async Task A_reply_that_OpenSlice_cannot_read_fails_its_checks(string path, string body, int[] failing)
    {
        Answer($"{Catalogue}/{path}", body, priority: 1);

        Of(await CheckAsync(), CheckOutcome.Failed).ShouldBe(failing);
    }

    [Fact]
    public async Task A_partner_that_lets_strangers_in_redirects_or_refuses_tokens_fails()
    {
        partner.Given(Request.Create().WithPath(new WildcardMatcher("/tmf-api/serviceInventory/*"))).AtPriority(1).RespondWith(Response.Create().WithStatusCode(302).WithHeader("Location", "/"));
        Of(await CheckAsync(), CheckOutcome.Failed).ShouldBe([4, 32]);

        partner.Given(Request.Create().WithPath("/token")).AtPriority(1).RespondWith(Response.Create().WithStatusCode(429));
        Of(await CheckAsync(), CheckOutcome.Failed).ShouldBe([1]);
    }

    private async Task<IReadOnlyList<CheckResult>> CheckAsync()
    {
        var url = new Uri(partner.Url!);
        var access = new PartnerAccess(url, new Uri(url, "/token"), "c", "s", "u", "p") { CategoryPath = $"{Catalogue}/serviceCategory/k" };
        using var client = new OsomClient(access, TimeProvider.System);
        return await new PartnerChecks(client, new CheckOptions(), TimeProvider.System).RunAsync(TestContext.Current.CancellationToken);
    }

    private static IEnumerable<int> Of(IEnumerable<CheckResult> results, CheckOutcome outcome) =>
        results.Where(result => result.Outcome == outcome).Select(result => result.Number);

    private void Answer(string path, string body, int priority = 5) =>
        partner.Given(Request.Create().WithPath(path)).AtPriority(priority)
            .RespondWith(Response.Create().WithStatusCode(200).WithHeader("Content-Type", "application/json").WithBody(JsonNode.Parse(body)!.ToJsonString()));
}
