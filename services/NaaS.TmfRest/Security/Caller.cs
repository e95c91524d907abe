using Microsoft.Extensions.Options;
using NaaS.Tmf.Shared;

namespace NaaS.TmfRest.Security;

/// <summary>Who makes a request.</summary>
/// <param name="Subject">The token's subject; <c>anonymous</c> where nobody is asked.</param>
/// <param name="SeesAll">Whether it is an operator rather than a customer with orders and services of its own.</param>
public sealed record Caller(string Subject, bool SeesAll)
{
    /// <summary>Whether the caller may see and change what names these parties.</summary>
    public bool Owns(IEnumerable<RelatedParty>? parties) => SeesAll || parties?.Any(party => party.Id == Subject) == true;

    /// <summary>The caller of a request.</summary>
    public static Caller Of(HttpContext context)
    {
        var subject = context.User.FindFirst("sub")?.Value ?? context.User.FindFirst("client_id")?.Value ?? context.User.FindFirst("azp")?.Value ?? "anonymous";
        var scope = context.RequestServices.GetRequiredService<IOptions<AuthenticationOptions>>().Value.OperatorScope;
        return new Caller(subject, string.IsNullOrEmpty(scope) || Access.Scopes(context.User).Contains(scope));
    }
}
