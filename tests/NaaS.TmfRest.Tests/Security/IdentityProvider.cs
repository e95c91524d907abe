using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace NaaS.TmfRest.Tests.Security;

/// <summary>An OIDC provider as far as an API sees one: its metadata, its key, and the tokens that it signs.</summary>
internal sealed class IdentityProvider : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly RSA rsa = RSA.Create(2048);
    private readonly RsaSecurityKey key;

    private IdentityProvider(WebApplication app)
    {
        this.app = app;
        key = new RsaSecurityKey(rsa) { KeyId = "k1" };
    }

    public string Url { get; private set; } = "";

    public static async Task<IdentityProvider> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var provider = new IdentityProvider(app);
        app.Run(provider.AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        provider.Url = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return provider;
    }

    public string Token(string scope, string audience = "naas", DateTime? expires = null, RSA? signedBy = null, string subject = "u1") =>
        new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Url,
            Audience = audience,
            NotBefore = DateTime.UtcNow.AddHours(-2),
            Expires = expires ?? DateTime.UtcNow.AddMinutes(5),
            Subject = new ClaimsIdentity([new Claim("scope", scope), new Claim("sub", subject)]),
            SigningCredentials = new SigningCredentials(signedBy is null ? key : new RsaSecurityKey(signedBy) { KeyId = "k1" }, SecurityAlgorithms.RsaSha256),
        });

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        rsa.Dispose();
    }

    private Task AnswerAsync(HttpContext context) =>
        context.Request.Path == "/keys"
            ? context.Response.WriteAsJsonAsync(new { keys = new[] { PublicKey() } })
            : context.Response.WriteAsJsonAsync(new { issuer = Url, jwks_uri = $"{Url}/keys" });

    private object PublicKey()
    {
        var parameters = rsa.ExportParameters(false);
        return new { kty = "RSA", use = "sig", alg = "RS256", kid = "k1", n = Base64UrlEncoder.Encode(parameters.Modulus), e = Base64UrlEncoder.Encode(parameters.Exponent) };
    }
}
