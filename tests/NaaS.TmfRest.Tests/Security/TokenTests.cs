using System.Text;
using System.Text.Json.Nodes;
using NaaS.TmfRest.Tests.Support;

namespace NaaS.TmfRest.Tests.Security;

/// <summary>The token endpoint that is built in, as OpenSlice's password grant and a program's client credentials use it.</summary>
public sealed class TokenTests : IAsyncLifetime
{
    private readonly string keyFile = Path.Combine(Path.GetTempPath(), $"naas-{Guid.NewGuid():N}.pem");
    private TmfServer server = null!;

    public async ValueTask InitializeAsync() => server = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        File.Delete(keyFile);
    }

    [Theory]
    [InlineData("grant_type=password&username=ann&password=secret", "osm", "osm-secret", "naas.read naas.order")]
    [InlineData("grant_type=password&username=ann&password=secret&scope=naas.read", "osm", "osm-secret", "naas.read")]
    [InlineData("grant_type=client_credentials", "oss", "oss-secret", "naas.catalogue")]
    public async Task Who_is_known_gets_a_token_with_the_scopes_that_were_given(string form, string client, string secret, string scopes)
    {
        var answer = (await AskAsync(form, client, secret)).ShouldBe(200);

        answer.Text("token_type").ShouldBe("Bearer");
        answer.Object["expires_in"]!.GetValue<int>().ShouldBeInRange(1, 3600);
        Payload(answer.Text("access_token"))["scope"]!.GetValue<string>().ShouldBe(scopes);
        var token = ("Authorization", $"Bearer {answer.Text("access_token")}");
        (await server.Web.Get(Plain.Services, token)).ShouldBe(200);
        (await server.Web.Post(Plain.Services, Plain.Body("n"), headers: token)).Code.ShouldBe(scopes.Contains("naas.order", StringComparison.Ordinal) ? 201 : 403);
    }

    [Theory]
    [InlineData("grant_type=password&username=ann&password=wrong", "osm", "osm-secret", "invalid_grant")]
    [InlineData("grant_type=password&username=bob&password=secret", "osm", "osm-secret", "invalid_grant")]
    [InlineData("grant_type=password&username=ann&password=secret", "osm", "wrong", "invalid_client")]
    [InlineData("grant_type=client_credentials", "nobody", "x", "invalid_client")]
    [InlineData("grant_type=implicit", "osm", "osm-secret", "unsupported_grant_type")]
    public async Task Who_is_not_gets_none(string form, string client, string secret, string error) =>
        (await AskAsync(form, client, secret)).Text("error").ShouldBe(error);

    [Fact]
    public async Task Without_a_token_of_this_endpoint_nothing_is_answered()
    {
        (await server.Web.Get(Plain.Services)).ShouldBeError(401, "40");
        await using var foreign = await IdentityProvider.StartAsync();
        (await server.Web.Get(Plain.Services, ("Authorization", $"Bearer {foreign.Token("naas.read")}"))).ShouldBeError(401, "41");
        var refresh = (await AskAsync("grant_type=password&username=ann&password=secret&scope=naas.read offline_access", "osm", "osm-secret")).Text("refresh_token");
        (await server.Web.Get(Plain.Services, ("Authorization", $"Bearer {refresh}"))).ShouldBeError(401, "41");
        (await AskAsync($"grant_type=refresh_token&refresh_token={refresh}", "osm", "osm-secret")).ShouldBe(200).Text("access_token").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Who_guesses_has_to_wait_and_others_need_not()
    {
        await server.DisposeAsync();
        server = await StartAsync(("Authentication:Embedded:Failures", "3"), ("Authentication:Embedded:LockedFor", "00:00:04"));
        const string Right = "grant_type=password&username=ann&password=secret";
        await Task.WhenAll(Enumerable.Range(0, 3).Select(i => AskAsync($"grant_type=password&username=ann&password=guess{i}", "osm", "osm-secret")));

        (await AskAsync(Right, "osm", "osm-secret")).Text("error_description").ShouldContain("wait");
        (await AskAsync("grant_type=password&username=eve&password=secret2", "osm", "osm-secret")).ShouldBe(200);
        (await AskAsync("grant_type=client_credentials", "oss", "oss-secret")).ShouldBe(200);

        Answer answer;
        do
        {
            answer = await AskAsync(Right, "osm", "osm-secret");
        }
        while (answer.Code != 200);
        // A client's secret is guarded alike.
        await Task.WhenAll(Enumerable.Range(0, 3).Select(i => AskAsync("grant_type=client_credentials", "oss", $"guess{i}")));
        (await AskAsync("grant_type=client_credentials", "oss", "oss-secret")).Text("error").ShouldBe("invalid_client");
    }

    [Fact]
    public async Task Tokens_outlive_the_process()
    {
        var token = (await AskAsync("grant_type=password&username=ann&password=secret", "osm", "osm-secret")).Text("access_token");
        await server.DisposeAsync();
        server = await StartAsync();

        (await server.Web.Get(Plain.Services, ("Authorization", $"Bearer {token}"))).ShouldBe(200);
    }

    private Task<TmfServer> StartAsync(params (string Name, string Value)[] more) => Plain.StartAsync(
        Database.Sqlite,
        [
            ("Authentication:Embedded:KeyFile", keyFile),
            ("Authentication:Embedded:Users:0:Name", "ann"),
            ("Authentication:Embedded:Users:0:Password", "secret"),
            ("Authentication:Embedded:Users:1:Name", "eve"),
            ("Authentication:Embedded:Users:1:Password", "secret2"),
            ("Authentication:Embedded:Clients:0:Id", "osm"),
            ("Authentication:Embedded:Clients:0:Secret", "osm-secret"),
            ("Authentication:Embedded:Clients:1:Id", "oss"),
            ("Authentication:Embedded:Clients:1:Secret", "oss-secret"),
            ("Authentication:Embedded:Clients:1:Scopes", "naas.catalogue"),
            .. more,
        ]);

    private Task<Answer> AskAsync(string form, string client, string secret) => server.Web.Post(
        "/connect/token", form, "application/x-www-form-urlencoded", ("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{client}:{secret}"))}"));

    private static JsonObject Payload(string token)
    {
        var payload = token.Split('.')[1].Replace('-', '+').Replace('_', '/');
        return JsonNode.Parse(Convert.FromBase64String(payload.PadRight((payload.Length + 3) / 4 * 4, '=')))!.AsObject();
    }
}
