namespace NaaS.OpenSlice.Osom;

/// <summary>How OpenSlice reaches a partner: what the <c>EXTERNAL_TMFAPI_*</c> characteristics of the partner's Organization say.</summary>
/// <param name="BaseUrl">What stands before <c>/tmf-api</c>.</param>
/// <param name="TokenUri">Token endpoint.</param>
/// <param name="ClientId">OAuth2 client, sent by Basic authentication with its secret.</param>
/// <param name="ClientSecret">Its secret.</param>
/// <param name="Username">User of the password grant.</param>
/// <param name="Password">Password of the user.</param>
public sealed record PartnerAccess(Uri BaseUrl, Uri TokenUri, string ClientId, string ClientSecret, string Username, string Password)
{
    /// <summary>Path of the category in which NaaS shows what is launched; its id is fixed, since OpenSlice is configured with it.</summary>
    public const string NaasCategory = "/tmf-api/serviceCatalogManagement/v4/serviceCategory/6e616153-0000-4000-8000-000000000001";

    /// <summary>Scopes, asked for with spaces between them.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Path of the one category that is imported, from <c>/tmf-api</c> on.</summary>
    public string CategoryPath { get; init; } = "";

    /// <summary>Address of a path that starts with <c>/tmf-api</c>.</summary>
    public Uri At(string path) => new(BaseUrl.AbsoluteUri.TrimEnd('/') + path);

    /// <summary>Names the partner without its secrets.</summary>
    public override string ToString() => BaseUrl.ToString();
}
