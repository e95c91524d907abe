using System.Security.Cryptography;
using NaaS.TmfRest.Tests.Support;

namespace NaaS.TmfRest.Tests.Security;

/// <summary>Who may come in and do what.</summary>
public sealed class AccessTests : IAsyncLifetime
{
    private IdentityProvider provider = null!;
    private TmfServer server = null!;

    public async ValueTask InitializeAsync()
    {
        provider = await IdentityProvider.StartAsync();
        server = await Plain.StartAsync(
            Database.Sqlite,
            ("Authentication:Authority", provider.Url),
            ("Authentication:Audience", "naas"),
            ("Authentication:RequireHttpsMetadata", "false"));
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await provider.DisposeAsync();
    }

    [Theory]
    [InlineData("naas.read", 200, 403)]
    [InlineData("naas.order", 200, 201)]
    [InlineData("openid naas.read naas.order profile", 200, 201)]
    [InlineData("naas.catalogue", 200, 403)]
    [InlineData("openid", 403, 403)]
    [InlineData("naas.readx", 403, 403)]
    public async Task A_scope_opens_what_it_names(string scope, int reading, int writing)
    {
        var token = ("Authorization", $"Bearer {provider.Token(scope)}");

        var read = await server.Web.Get(Plain.Services, token);
        var written = await server.Web.Post(Plain.Services, Plain.Body("n"), headers: token);

        read.Code.ShouldBe(reading);
        written.Code.ShouldBe(writing);
        foreach (var refused in new[] { read, written }.Where(answer => answer.Code == 403))
        {
            refused.ShouldBeError(403, "50");
        }
    }

    [Fact]
    public async Task A_token_that_is_missing_wrong_foreign_or_old_is_refused_and_explained()
    {
        using var other = RSA.Create(2048);

        (await server.Web.Get(Plain.Services)).ShouldBeError(401, "40");
        (await server.Web.Get(Plain.Services, ("Authorization", "Bearer nonsense"))).ShouldBeError(401, "41");
        (await server.Web.Get(Plain.Services, ("Authorization", $"Bearer {provider.Token("naas.read", signedBy: other)}"))).ShouldBeError(401, "41");
        (await server.Web.Get(Plain.Services, ("Authorization", $"Bearer {provider.Token("naas.read", audience: "others")}"))).ShouldBeError(401, "41");
        (await server.Web.Get(Plain.Services, ("Authorization", $"Bearer {provider.Token("naas.read", expires: DateTime.UtcNow.AddHours(-1))}"))).ShouldBeError(401, "42");
        (await server.Web.Post(Plain.Hub, "{}")).ShouldBeError(401, "40");
    }

    [Fact]
    public async Task Without_authentication_the_server_does_not_start_where_others_can_reach_it()
    {
        var refusal = await Should.ThrowAsync<Exception>(() => Plain.StartAsync(Database.Sqlite, ("urls", "http://0.0.0.0:0")));

        refusal.Message.ShouldContain("Authentication:Authority");
    }
}
