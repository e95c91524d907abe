using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection.Extensions;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace NaaS.TmfRest.Security.Tokens;

/// <summary>The token endpoint that is built in (OpenIddict without a database): <c>POST /connect/token</c>.</summary>
internal static class TokenEndpoint
{
    /// <summary>Registers the endpoint, and the reading of the tokens that it gives out.</summary>
    public static void AddTokenEndpoint(this IServiceCollection services, TokenOptions options)
    {
        var key = TokenKey.Open(options.KeyFile);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<TokenLockout>();
        services.AddSingleton<TokenIssuer>();
        services.AddOpenIddict().AddServer(server =>
        {
            server.SetTokenEndpointUris("connect/token");
            server.AllowPasswordFlow().AllowClientCredentialsFlow().AllowRefreshTokenFlow();
            server.AcceptAnonymousClients();
            server.RegisterScopes(Policies.Read, Policies.Order, Policies.Catalogue, Policies.Operate);
            server.SetAccessTokenLifetime(options.Lifetime);
            server.AddSigningKey(key).AddEncryptionKey(TokenKey.Encryption(key)).DisableAccessTokenEncryption();
            server.EnableDegradedMode().DisableScopeValidation();
            server.UseAspNetCore().DisableTransportSecurityRequirement();
            server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseSingletonHandler<TokenIssuer>());
            server.AddEventHandler<HandleTokenRequestContext>(handler => handler.UseSingletonHandler<TokenIssuer>());
        });
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(bearer =>
        {
            bearer.MapInboundClaims = false;
            bearer.TokenValidationParameters.IssuerSigningKey = key;
            bearer.TokenValidationParameters.ValidTypes = ["at+jwt"];
            // Nobody else has the key; the issuer is whatever address the client came by.
            bearer.TokenValidationParameters.ValidateIssuer = false;
            bearer.TokenValidationParameters.ValidateAudience = false;
        });
    }
}
