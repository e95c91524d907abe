using System.Text.Json.Nodes;

namespace NaaS.Fulfilment.Bundle;

/// <summary>Identity of a Kubernetes object, whatever its API version.</summary>
/// <param name="Group">API group, empty for core.</param>
/// <param name="Kind">Kind.</param>
/// <param name="Namespace">Namespace, empty for cluster-scoped objects.</param>
/// <param name="Name">Name.</param>
public readonly record struct ObjectKey(string Group, string Kind, string Namespace, string Name)
{
    /// <summary>Key of an object; a missing namespace is read as empty.</summary>
    public static ObjectKey Of(JsonObject manifest)
    {
        var apiVersion = manifest.Text("apiVersion");
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        return new(
            slash < 0 ? "" : apiVersion[..slash],
            manifest.Text("kind"),
            manifest.Text("metadata", "namespace"),
            manifest.Text("metadata", "name"));
    }

    /// <inheritdoc/>
    public override string ToString() => Namespace.Length == 0 ? $"{Kind}/{Name}" : $"{Kind}/{Namespace}/{Name}";
}
