using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using NaaS.TmfRest.Security.Tokens;

namespace NaaS.TmfRest.Security;

/// <summary>Registers who may do what: JWT bearer tokens with a scope for each policy.</summary>
internal static class Access
{
    public static void AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection("Authentication").Get<AuthenticationOptions>() ?? new AuthenticationOptions();
        services.Configure<AuthenticationOptions>(configuration.GetSection("Authentication"));
        var tokens = configuration.GetSection("Authentication:Embedded").Get<TokenOptions>() ?? new TokenOptions();
        if (string.IsNullOrEmpty(options.Authority) && !tokens.IsOn)
        {
            services.AddAuthentication();
            services.AddAuthorization(policies => Add(policies, policy => policy.RequireAssertion(_ => true)));
            services.Configure<KestrelServerOptions>(kestrel => kestrel.ConfigureEndpointDefaults(RefuseOffLoopback));
            return;
        }

        if (tokens.IsOn)
        {
            services.AddTokenEndpoint(string.IsNullOrEmpty(options.Authority)
                ? tokens
                : throw new InvalidOperationException("Authentication:Authority and Authentication:Embedded exclude each other."));
        }
        else
        {
            AddProvider(services, options);
        }

        services.AddAuthorization(policies =>
        {
            foreach (var scope in new[] { Policies.Catalogue, Policies.Order })
            {
                policies.AddPolicy(scope, policy => policy.RequireAuthenticatedUser().RequireAssertion(context => Scopes(context.User).Contains(scope)));
            }

            var operators = string.IsNullOrEmpty(options.OperatorScope) ? Policies.Operate : options.OperatorScope;
            policies.AddPolicy(Policies.Operate, policy => policy.RequireAuthenticatedUser().RequireAssertion(context => Scopes(context.User).Contains(operators)));

            // Who may write may read.
            policies.AddPolicy(Policies.Read, policy => policy.RequireAuthenticatedUser().RequireAssertion(
                context => Scopes(context.User).Overlaps([Policies.Read, Policies.Order, Policies.Catalogue])));
        });
    }

    /// <summary>Scopes of a token, in one claim or several.</summary>
    public static HashSet<string> Scopes(ClaimsPrincipal user) =>
        user.FindAll(claim => claim.Type is "scope" or "scp").SelectMany(claim => claim.Value.Split(' ')).ToHashSet(StringComparer.Ordinal);

    private static void AddProvider(IServiceCollection services, AuthenticationOptions options) =>
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(bearer =>
        {
            bearer.Authority = options.Authority;
            bearer.RequireHttpsMetadata = options.RequireHttpsMetadata;
            bearer.MapInboundClaims = false;
            bearer.TokenValidationParameters.ValidateAudience = !string.IsNullOrEmpty(options.Audience);
            bearer.TokenValidationParameters.ValidAudience = options.Audience;
        });

    private static void Add(AuthorizationOptions policies, Action<AuthorizationPolicyBuilder> rule)
    {
        foreach (var name in new[] { Policies.Catalogue, Policies.Order, Policies.Read, Policies.Operate })
        {
            policies.AddPolicy(name, rule);
        }
    }

    private static void RefuseOffLoopback(ListenOptions listen)
    {
        if (listen.EndPoint is not IPEndPoint { Address: var address } || !IPAddress.IsLoopback(address))
        {
            throw new InvalidOperationException(
                $"{listen.EndPoint} can be reached from outside: set Authentication:Authority (or Authentication:Embedded), or listen on loopback only.");
        }
    }
}
