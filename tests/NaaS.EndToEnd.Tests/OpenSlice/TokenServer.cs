using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using NaaS.OpenSlice.Osom;

namespace NaaS.EndToEnd.Tests.OpenSlice;

/// <summary>An OIDC provider that knows one client and one user and gives tokens by password grant, as Keycloak does for OpenSlice.</summary>
internal sealed class TokenServer : IAsyncDisposable
{
    private const string Client = "openslice";
    private const string Secret = "partner-secret";
    private const string User = "osl-partner";
    private const string Password = "partner password";
    private readonly WebApplication app;
    private readonly RSA rsa = RSA.Create(2048);
    private readonly RsaSecurityKey key;

    private TokenServer(WebApplication app)
    {
        this.app = app;
        key = new RsaSecurityKey(rsa) { KeyId = "k1" };
    }

    public string Url => app.Urls.First();

    /// <summary>Settings of an API that trusts this provider.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Authentication:Authority"] = Url,
        ["Authentication:Audience"] = "naas",
        ["Authentication:RequireHttpsMetadata"] = "false",
    };

    public static async Task<TokenServer> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var server = new TokenServer(app);
        app.MapGet("/.well-known/openid-configuration", () => new { issuer = server.Url, jwks_uri = $"{server.Url}/keys" });
        app.MapGet("/keys", () => new { keys = new[] { server.PublicKey() } });
        app.MapPost("/token", (Delegate)server.GrantAsync);
        await app.StartAsync(cancellationToken);
        return server;
    }

    /// <summary>Access for the one user to a partner's API.</summary>
    public PartnerAccess Access(Uri baseUrl) =>
        new(baseUrl, new Uri($"{Url}/token"), Client, Secret, User, Password) { Scopes = ["openid", "naas.order"], CategoryPath = PartnerAccess.NaasCategory };

    /// <summary>A token of an operator, who manages the catalogue.</summary>
    public string Token(string scope) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Url,
        Audience = "naas",
        Expires = DateTime.UtcNow.AddMinutes(30),
        Subject = new ClaimsIdentity([new Claim("scope", scope), new Claim("sub", User)]),
        SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256),
    });

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        rsa.Dispose();
    }

    private async Task<IResult> GrantAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var client = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Client}:{Secret}"))}";
        if (context.Request.Headers.Authorization != client || form["grant_type"] != "password" || form["username"] != User || form["password"] != Password)
        {
            return Results.Json(new { error = "invalid_grant" }, statusCode: StatusCodes.Status401Unauthorized);
        }

        return Results.Json(new { access_token = Token(form["scope"].ToString()), token_type = "Bearer", expires_in = 300 });
    }

    private object PublicKey()
    {
        var parameters = rsa.ExportParameters(false);
        return new { kty = "RSA", use = "sig", alg = "RS256", kid = "k1", n = Base64UrlEncoder.Encode(parameters.Modulus), e = Base64UrlEncoder.Encode(parameters.Exponent) };
    }
}
