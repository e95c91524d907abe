namespace NaaS.TmfRest.Security;

/// <summary>Who makes a request.</summary>
/// <param name="Subject">The token's subject; <c>anonymous</c> where nobody is asked.</param>
public sealed record Caller(string Subject)
{
    /// <summary>The caller of a request.</summary>
    public static Caller Of(HttpContext context) =>
        new(context.User.FindFirst("sub")?.Value ?? context.User.FindFirst("client_id")?.Value ?? context.User.FindFirst("azp")?.Value ?? "anonymous");
}
