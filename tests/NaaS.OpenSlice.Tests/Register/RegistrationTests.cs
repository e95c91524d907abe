using System.Net;
using System.Text.Json.Nodes;
using NaaS.OpenSlice.Osom;
using NaaS.OpenSlice.Register;
using NaaS.OpenSlice.Tests.Hosting;

namespace NaaS.OpenSlice.Tests.Register;

/// <summary>Becoming a partner organization.</summary>
public sealed class RegistrationTests : IDisposable
{
    private const string Category = "/tmf-api/serviceCatalogManagement/v4/serviceCategory/6e616153-0000-4000-8000-000000000001";
    private readonly FakeOpenSlice openSlice = new();

    private static PartnerAccess Partner { get; } =
        new(new Uri("https://naas.example.org/openslice/"), new Uri("https://naas.example.org/oauth/token"), "openslice", "s", "osl-partner", "p")
        {
            Scopes = ["openid", "naas.order"],
            CategoryPath = Category,
        };

    public void Dispose() => openSlice.Dispose();

    [Fact]
    public async Task A_new_organization_has_all_that_OpenSlice_asks_for()
    {
        using var registration = new Registration(openSlice.Access, TimeProvider.System);

        var (isNew, organization) = await registration.RegisterAsync("NaaS", Partner, "naasPartner", TestContext.Current.CancellationToken);

        isNew.ShouldBeTrue();
        string? Value(string name) => Samples.Value(organization, $"EXTERNAL_TMFAPI_{name}", "partyCharacteristic");
        Value("BASEURL").ShouldBe("https://naas.example.org/openslice");
        Value("CLIENTREGISTRATIONID").ShouldBe("naasPartner");
        Value("OAUTH2SCOPES").ShouldBe("openid;naas.order", "OpenSlice splits at semicolons");
        Value("OAUTH2TOKENURI").ShouldBe("https://naas.example.org/oauth/token");
        Value("SERVICE_CATEGORY_URLS").ShouldBe(Category);
        Value("SERVICE_ORDER_URLS").ShouldBe("", "with it OpenSlice sends its PATCHes to the list");
        organization["partyCharacteristic"]!.AsArray().Count.ShouldBe(12);
    }

    [Fact]
    public async Task An_organization_that_is_there_is_updated_and_keeps_what_is_not_ours()
    {
        openSlice.Organizations["org-1"] = new JsonObject
        {
            ["id"] = "org-1",
            ["name"] = "NaaS",
            ["partyCharacteristic"] = new JsonArray(
                Characteristic("EXTERNAL_TMFAPI_BASEURL", "http://old"),
                Characteristic("EXTERNAL_TMFAPI_STATUS", "2026-11-24: FULLSPECS SUCCESS"),
                Characteristic("contract", "42")),
        };
        using var registration = new Registration(openSlice.Access, TimeProvider.System);

        var (isNew, organization) = await registration.RegisterAsync("NaaS", Partner, "naasPartner", TestContext.Current.CancellationToken);

        isNew.ShouldBeFalse();
        openSlice.Organizations.Count.ShouldBe(1);
        Samples.Value(organization, "EXTERNAL_TMFAPI_BASEURL", "partyCharacteristic").ShouldBe("https://naas.example.org/openslice");
        Samples.Value(organization, "contract", "partyCharacteristic").ShouldBe("42");
        PartnerOrganization.StatusOf(organization).ShouldBe("2026-11-24: FULLSPECS SUCCESS");
    }

    [Fact]
    public async Task A_user_that_Keycloak_does_not_know_is_told()
    {
        var access = openSlice.Access;
        access.Password = "wrong";
        using var registration = new Registration(access, TimeProvider.System);

        var refusal = await Should.ThrowAsync<HttpRequestException>(
            () => registration.RegisterAsync("NaaS", Partner, "naasPartner", TestContext.Current.CancellationToken));

        refusal.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        refusal.Message.ShouldNotContain("wrong");
    }

    [Theory]
    [InlineData("", false, "has not tried yet")]
    [InlineData("2026: FULLSPECS SUCCESS", false, "has imported")]
    [InlineData("NOT_CONFIGURED", true, "empty")]
    [InlineData("2026: WEBCLIENT 4xx ERROR", true, "check client, secret")]
    [InlineData("2026: WEBCLIENT 5xx ERROR", true, "our log")]
    [InlineData("2026: fetchServiceSpecs error", true, "one object")]
    [InlineData("WEBCLIENT is null", true, "token URI")]
    public void The_status_is_explained(string status, bool isBad, string words)
    {
        PartnerOrganization.Explain(status).ShouldContain(words);
        PartnerOrganization.IsBad(status).ShouldBe(isBad);
    }

    [Theory]
    [InlineData("myFlowOneClient", Category, "https://naas/openslice", "flowone")]
    [InlineData("naas", "/tmf-api/serviceCatalogManagement/v4/serviceCategory", "https://naas/openslice", "one category")]
    [InlineData("naas", Category, "https://naas/openslice/tmf-api", "before /tmf-api")]
    [InlineData("", Category, "https://naas/openslice", "never asks")]
    public void What_OpenSlice_would_stumble_over_is_said_before(string registration, string category, string url, string words) =>
        PartnerOrganization.Problems(Partner with { CategoryPath = category, BaseUrl = new Uri(url) }, registration).ShouldHaveSingleItem().ShouldContain(words);

    private static JsonObject Characteristic(string name, string value) =>
        new() { ["name"] = name, ["valueType"] = "TEXT", ["value"] = new JsonObject { ["value"] = value, ["alias"] = "" } };
}
