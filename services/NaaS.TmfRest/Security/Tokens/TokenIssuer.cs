using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using OAuthErrors = OpenIddict.Abstractions.OpenIddictConstants.Errors;

namespace NaaS.TmfRest.Security.Tokens;

/// <summary>Decides who gets a token: grants <c>password</c>, <c>client_credentials</c> and <c>refresh_token</c>.</summary>
internal sealed class TokenIssuer(TokenOptions options, TokenLockout lockout, TimeProvider time)
    : IOpenIddictServerHandler<ValidateTokenRequestContext>, IOpenIddictServerHandler<HandleTokenRequestContext>
{
    private const string Locked = "Too many wrong secrets; wait a while.";

    // A guess costs time, and as much whether the name is known or not.
    private static readonly TimeSpan Penalty = TimeSpan.FromMilliseconds(500);

    public async ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        var needsClient = options.Clients.Count > 0 || context.Request.IsClientCredentialsGrantType();
        if (!needsClient)
        {
            return;
        }

        var attempt = new TokenAttempt($"client {context.ClientId}", Address(context));
        if (lockout.IsLocked(attempt))
        {
            context.Reject(OAuthErrors.InvalidClient, Locked);
        }
        else if (!options.Clients.Any(client => client.Id == context.ClientId && Same(client.Secret, context.ClientSecret)))
        {
            lockout.Failed(attempt);
            await Task.Delay(Penalty, time, context.CancellationToken);
            context.Reject(OAuthErrors.InvalidClient, "The client is unknown, or its secret is wrong.");
        }
        else
        {
            lockout.Succeeded(attempt);
        }
    }

    public async ValueTask HandleAsync(HandleTokenRequestContext context)
    {
        var attempt = new TokenAttempt($"user {context.Request.Username}", Address(context));
        if (context.Request.IsPasswordGrantType() && lockout.IsLocked(attempt))
        {
            context.Reject(OAuthErrors.InvalidGrant, Locked);
            return;
        }

        var (subject, scopes) = Wanted(context);
        if (subject is null)
        {
            lockout.Failed(attempt);
            await Task.Delay(Penalty, time, context.CancellationToken);
            context.Reject(OAuthErrors.InvalidGrant, "The name is unknown, or the password is wrong.");
            return;
        }

        lockout.Succeeded(attempt);
        var asked = context.Request.GetScopes();
        var granted = asked.IsEmpty ? scopes : scopes.Intersect(asked);
        var identity = new ClaimsIdentity("token", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, subject);
        identity.SetScopes(asked.Contains(Scopes.OfflineAccess) ? granted.Append(Scopes.OfflineAccess) : granted);
        identity.SetDestinations(_ => [Destinations.AccessToken]);
        context.SignIn(new ClaimsPrincipal(identity));
    }

    private (string? Subject, IEnumerable<string> Scopes) Wanted(HandleTokenRequestContext context)
    {
        if (context.Request.IsClientCredentialsGrantType())
        {
            var client = options.Clients.First(client => client.Id == context.ClientId);
            return (client.Id, client.Scopes.Split(' '));
        }

        var user = context.Request.IsPasswordGrantType()
            ? options.Users.FirstOrDefault(user => user.Name == context.Request.Username && Same(user.Password, context.Request.Password))
            : options.Users.FirstOrDefault(user => user.Name == context.Principal?.GetClaim(Claims.Subject));
        return (user?.Name, user?.Scopes.Split(' ') ?? []);
    }

    private static string Address(BaseContext context) => $"{context.Transaction.GetHttpRequest()?.HttpContext.Connection.RemoteIpAddress}";

    private static bool Same(string secret, string? given) =>
        secret.Length > 0 && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(secret)), SHA256.HashData(Encoding.UTF8.GetBytes(given ?? "")));
}
