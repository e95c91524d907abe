namespace NaaS.TmfRest.Security.Tokens;

/// <summary>
/// Section <c>Authentication:Embedded</c>: users and clients of the token endpoint that is built in, for installations without an OIDC provider.
/// It is on where one of them is named.
/// </summary>
internal sealed class TokenOptions
{
    /// <summary>Who may ask for a token by name and password.</summary>
    public IList<TokenUser> Users { get; } = [];

    /// <summary>Programs that may ask for a token of their own, and through which users may; where none is named, users may come through any.</summary>
    public IList<TokenClient> Clients { get; } = [];

    /// <summary>File that keeps the signing key, made at the first start; without it tokens end with the process.</summary>
    public string? KeyFile { get; set; }

    /// <summary>How long an access token is good.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Wrong secrets in a row, of one name from one address, after which it has to wait; from all addresses together twenty times as many.</summary>
    public int Failures { get; set; } = 5;

    /// <summary>How long it has to wait the first time; each further one doubles that, up to sixteen times.</summary>
    public TimeSpan LockedFor { get; set; } = TimeSpan.FromMinutes(1);

    public bool IsOn => Users.Count > 0 || Clients.Count > 0;
}

/// <summary>A user.</summary>
internal sealed class TokenUser
{
    public string Name { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>Scopes that the user may have, separated by blanks.</summary>
    public string Scopes { get; set; } = $"{Policies.Read} {Policies.Order}";
}

/// <summary>A client.</summary>
internal sealed class TokenClient
{
    public string Id { get; set; } = "";

    public string Secret { get; set; } = "";

    /// <summary>Scopes that it may have for itself, separated by blanks; empty for one that only users come through.</summary>
    public string Scopes { get; set; } = "";
}
