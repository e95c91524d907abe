using System.Text.Json.Nodes;
using NaaS.OpenSlice.Osom;
using NaaS.OpenSlice.Tests.Hosting;
using NaaS.Standalone.Demo;

namespace NaaS.EndToEnd.Tests.OpenSlice;

/// <summary><c>naas openslice register</c>, run as an operator runs it, against a played OpenSlice.</summary>
public sealed class RegisterCommandTests : IDisposable
{
    private const string Prefix = "EXTERNAL_TMFAPI_";

    private static readonly PartnerAccess Partner =
        new(new Uri("https://naas.example.org/openslice"), new Uri("https://naas.example.org/connect/token"), "openslice", "secret of the client", "osl-partner", "word of the partner");

    private readonly FakeOpenSlice openSlice = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => openSlice.Dispose();

    [Fact(Timeout = 120_000)]
    public async Task The_organization_is_created_then_updated_and_what_OpenSlice_noted_is_explained()
    {
        var (code, output) = await RegisterAsync(Partner);
        code.ShouldBe(0, output);
        output.ShouldContain($"Organization NaaS was created in {openSlice.Url}.");
        output.ShouldContain("OpenSlice has not tried yet");
        Hides(output);

        Note("2026-11-30T12:00:00: FULLSPECS SUCCESS");
        (code, output) = await RegisterAsync(Partner);
        code.ShouldBe(0, output);
        output.ShouldContain("was updated in");
        output.ShouldContain("OpenSlice has imported the catalogue");
        openSlice.Organizations.Count.ShouldBe(1);

        Note("2026-11-30T12:30:00: WEBCLIENT 4xx ERROR");
        (code, output) = await RegisterAsync(Partner);
        code.ShouldBe(2, output);
        output.ShouldContain("check client, secret, user, password, scopes and the id of the category");
    }

    [Fact(Timeout = 120_000)]
    public async Task With_what_it_registered_OpenSlice_imports_and_orders_from_naas_serve()
    {
        await using var naas = await Serve.StartAsync();
        var specification = await naas.PublishAsync(CmsService.Specification());
        var (code, output) = await RegisterAsync(naas.OpenSlice);
        code.ShouldBe(0, output);

        using var player = new OsomPlayer(new OsomClient(Registered(), TimeProvider.System), TimeSpan.FromMilliseconds(300));
        await player.ImportAsync(Token);
        var order = await player.OrderAsync(specification, CmsService.Order(naas.Charts), Token);
        var read = await player.UntilProxyIsDoneAsync(order, Token);
        player.Proxies[order].ShouldBe("active", read.ToJsonString());
    }

    [Fact(Timeout = 120_000)]
    public async Task A_refusal_and_an_OpenSlice_that_is_away_are_told_in_plain_words()
    {
        var (code, output) = await RegisterAsync(Partner, password: "wrong");
        code.ShouldBe(1, output);
        output.ShouldContain($"Error: {openSlice.Url}token answered 401 to a password grant for admin");
        Hides(output);

        (code, output) = await RegisterAsync(Partner, at: new Uri("http://127.0.0.1:1/"));
        code.ShouldBe(1, output);
        output.ShouldContain("Error: Connection refused (127.0.0.1:1)");
        output.ShouldNotContain("   at NaaS");
    }

    [Fact(Timeout = 60_000)]
    public async Task What_OpenSlice_would_stumble_over_is_said_and_nothing_is_registered()
    {
        var (code, output) = await RegisterAsync(Partner with { BaseUrl = new Uri("https://naas.example.org/openslice/tmf-api") }, more: ["--registration", "myFlowOne"]);

        code.ShouldBe(1, output);
        output.ShouldContain("Error: the base URL must end before /tmf-api");
        output.ShouldContain("Error: the client registration id contains \"flowone\"");
        openSlice.Organizations.ShouldBeEmpty();
    }

    private static void Hides(string output)
    {
        output.ShouldNotContain(Partner.ClientSecret);
        output.ShouldNotContain(Partner.Password);
        output.ShouldNotContain(FakeOpenSlice.Password);
    }

    private void Note(string status)
    {
        var characteristics = openSlice.Organizations.Values.Single()["partyCharacteristic"]!.AsArray();
        characteristics.Remove(characteristics.FirstOrDefault(one => (string?)one!["name"] == Prefix + "STATUS"));
        characteristics.Add(new JsonObject { ["name"] = Prefix + "STATUS", ["value"] = new JsonObject { ["value"] = status, ["alias"] = "" } });
    }

    /// <summary>The organization as OpenSlice's order manager reads it.</summary>
    private PartnerAccess Registered()
    {
        var values = openSlice.Organizations.Values.Single()["partyCharacteristic"]!.AsArray().ToDictionary(one => (string)one!["name"]!, one => (string)one!["value"]!["value"]!);
        return new(
            new Uri(values[Prefix + "BASEURL"]),
            new Uri(values[Prefix + "OAUTH2TOKENURI"]),
            values[Prefix + "OAUTH2CLIENTID"],
            values[Prefix + "OAUTH2CLIENTSECRET"],
            values[Prefix + "USERNAME"],
            values[Prefix + "PASSWORD"])
        {
            Scopes = values[Prefix + "OAUTH2SCOPES"].Split(';'),
            CategoryPath = values[Prefix + "SERVICE_CATEGORY_URLS"],
        };
    }

    private async Task<(int Code, string Output)> RegisterAsync(PartnerAccess partner, string password = FakeOpenSlice.Password, Uri? at = null, string[]? more = null)
    {
        var url = at ?? openSlice.Url;
        string[] arguments =
        [
            "openslice", "register", "--openslice", url.ToString(), "--openslice-token-uri", new Uri(url, "/token").ToString(), "--openslice-username", "admin",
            "--url", partner.BaseUrl.ToString(), "--token-uri", partner.TokenUri.ToString(), "--client-id", partner.ClientId, "--username", partner.Username,
            "--scope", "naas.order", .. more ?? [],
        ];
        await using var command = Executable.Start("NaaS.Standalone", "naas", arguments, new Dictionary<string, string>
        {
            ["NAAS_OPENSLICE_PASSWORD"] = password,
            ["NAAS_PARTNER_CLIENT_SECRET"] = partner.ClientSecret,
            ["NAAS_PARTNER_PASSWORD"] = partner.Password,
        });
        await command.WaitForExitAsync(Token);
        return (command.ExitCode, command.Output);
    }
}
