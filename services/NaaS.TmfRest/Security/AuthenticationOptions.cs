namespace NaaS.TmfRest.Security;

/// <summary>Section <c>Authentication</c>: who may come in. Without an authority nobody is asked, which is refused off loopback.</summary>
public sealed class AuthenticationOptions
{
    /// <summary>Address of the OIDC provider, such as <c>https://keycloak/realms/naas</c>.</summary>
    public string? Authority { get; set; }

    /// <summary>Audience that a token must name; not checked where empty.</summary>
    public string? Audience { get; set; }

    /// <summary>Whether the provider's metadata must come over https.</summary>
    public bool RequireHttpsMetadata { get; set; } = true;

    /// <summary>
    /// Scope of operators, who see and change everything. Where set, all others see and change only the orders and services that name them in
    /// <c>relatedParty</c>, which an order does by itself. Where empty, everybody counts as operator.
    /// </summary>
    public string? OperatorScope { get; set; }
}
