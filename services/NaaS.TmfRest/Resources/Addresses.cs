using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace NaaS.TmfRest.Resources;

/// <summary>
/// Addresses of resources: below <c>Public:BaseUrl</c>, or, where that is not configured, below the address that the server listens on. Never from the request's
/// Host header, which anybody can set.
/// </summary>
public sealed class Addresses(IOptions<PublicOptions> options, IServer? server = null)
{
    private string? listening;

    /// <summary>Root of all addresses, without a slash at the end.</summary>
    public string Root => options.Value.BaseUrl?.TrimEnd('/') ?? (listening ??= Listening()) ?? "";

    /// <summary>Address of a resource.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="id">Its id.</param>
    /// <param name="prefix">Path prefix of the dialect, such as <c>/openslice</c>.</param>
    public string Of(ResourceDefinition resource, string id, string prefix = "") =>
        $"{Root}{prefix}/tmf-api/{resource.Api.Path}/{resource.Name}/{Uri.EscapeDataString(id)}";

    /// <summary>The document with id and href in front.</summary>
    public JsonObject WithAddress(ResourceDefinition resource, string id, JsonObject document, string prefix = "")
    {
        document.Remove("id");
        document.Remove("href");
        document.Insert(0, "id", id);
        document.Insert(1, "href", Of(resource, id, prefix));
        return document;
    }

    private string? Listening()
    {
        var address = server?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        return address?.Replace("//[::]:", "//localhost:", StringComparison.Ordinal).Replace("//0.0.0.0:", "//localhost:", StringComparison.Ordinal);
    }
}
