using System.ComponentModel.DataAnnotations;

namespace NaaS.OpenSlice.Client;

/// <summary>How we reach an OpenSlice: its address, and a user of its Keycloak realm.</summary>
public class OpenSliceAccess
{
    /// <summary>What stands before <c>/tmf-api</c>.</summary>
    [Required]
    public Uri? BaseUrl { get; set; }

    /// <summary>Token endpoint, such as <c>https://openslice/auth/realms/openslice/protocol/openid-connect/token</c>.</summary>
    [Required]
    public Uri? TokenUri { get; set; }

    /// <summary>Client of the realm that allows password grants.</summary>
    public string ClientId { get; set; } = "osapiWebClientId";

    /// <summary>Its secret; empty for a public client.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>A user with the roles that the calls need: ROLE_USER, for organizations ROLE_ADMIN.</summary>
    [Required]
    public string Username { get; set; } = "";

    /// <summary>Password of the user.</summary>
    [Required]
    public string Password { get; set; } = "";
}
