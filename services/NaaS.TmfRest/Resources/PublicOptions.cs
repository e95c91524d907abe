namespace NaaS.TmfRest.Resources;

/// <summary>Section <c>Public</c>: how the outside sees us.</summary>
public sealed class PublicOptions
{
    /// <summary>Address under which clients reach the API, such as <c>https://naas.example.com</c>. Where missing: the address that the server listens on.</summary>
    public string? BaseUrl { get; set; }
}
