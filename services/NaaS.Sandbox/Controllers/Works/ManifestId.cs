using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Works;

/// <summary>Which object a manifest stands for: the API's <c>resourceMeta</c> without the ordinal.</summary>
internal sealed record ManifestId(string Group, string Version, string Kind, string Resource, string Namespace, string Name)
{
    /// <summary>What a manifest names; Resource is empty for a kind that the cluster does not know.</summary>
    public static ManifestId Of(JsonObject manifest, ResourceType? type)
    {
        var (group, version) = Split(manifest.Str("apiVersion") ?? "");
        return type is null
            ? new ManifestId(group, version, manifest.Kind(), "", manifest.Namespace(), manifest.Name())
            : new ManifestId(group, version, type.Kind, type.Plural, type.Namespaced ? manifest.Namespace() : "", manifest.Name());
    }

    public static ManifestId OfMeta(JsonNode? meta) => new(
        meta.Str("group") ?? "", meta.Str("version") ?? "", meta.Str("kind") ?? "", meta.Str("resource") ?? "",
        meta.Str("namespace") ?? "", meta.Str("name") ?? "");

    public JsonObject ToMeta(int ordinal) => new()
    {
        ["ordinal"] = ordinal,
        ["group"] = Group,
        ["version"] = Version,
        ["kind"] = Kind,
        ["resource"] = Resource,
        ["name"] = Name,
        ["namespace"] = Namespace,
    };

    private static (string Group, string Version) Split(string apiVersion)
    {
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? ("", apiVersion) : (apiVersion[..slash], apiVersion[(slash + 1)..]);
    }
}
