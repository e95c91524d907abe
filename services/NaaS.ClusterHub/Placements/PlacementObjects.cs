using System.Text.Json.Nodes;
using NaaS.ClusterHub.Objects;

namespace NaaS.ClusterHub.Placements;

/// <summary>Placements, their decisions and the bindings that they need.</summary>
public static class PlacementObjects
{
    private const string DecisionLabel = "cluster.open-cluster-management.io/placement";

    /// <summary>The Placement with its decisions, or null where it is not there.</summary>
    public static async Task<PlacementState?> FindPlacementAsync(this HubClient hub, string @namespace, string name, CancellationToken cancellationToken)
    {
        var placement = await hub.FindAsync(HubResource.Placements, @namespace, name, cancellationToken);
        if (placement is null)
        {
            return null;
        }

        var decisions = await hub.ListAsync(HubResource.PlacementDecisions, @namespace, $"{DecisionLabel}={name}", cancellationToken);
        return PlacementState.Of(placement, decisions.Items);
    }

    /// <summary>Name of the Placement that a decision belongs to.</summary>
    public static string PlacementOf(JsonObject decision) => (string?)decision["metadata"]?["labels"]?[DecisionLabel] ?? "";

    /// <summary>Writes a Placement.</summary>
    public static Task ApplyPlacementAsync(
        this HubClient hub, string @namespace, string name, IReadOnlyDictionary<string, string> labels, JsonObject spec, CancellationToken cancellationToken) =>
        hub.ApplyAsync(HubResource.Placements, Manifest(HubResource.Placements, @namespace, name, labels, spec), cancellationToken);

    /// <summary>Makes the namespace and binds the cluster set to it; without a binding no Placement there selects anything.</summary>
    public static async Task EnsureBindingAsync(this HubClient hub, string @namespace, string clusterSet, CancellationToken cancellationToken)
    {
        if (await hub.FindAsync(HubResource.ManagedClusterSetBindings, @namespace, clusterSet, cancellationToken) is not null)
        {
            return;
        }

        await hub.EnsureNamespaceAsync(@namespace, cancellationToken);
        var spec = new JsonObject { ["clusterSet"] = clusterSet };
        await hub.ApplyAsync(
            HubResource.ManagedClusterSetBindings, Manifest(HubResource.ManagedClusterSetBindings, @namespace, clusterSet, [], spec), cancellationToken);
    }

    /// <summary>Makes the namespace where it is not there.</summary>
    public static async Task EnsureNamespaceAsync(this HubClient hub, string @namespace, CancellationToken cancellationToken)
    {
        if (await hub.FindAsync(HubResource.Namespaces, null, @namespace, cancellationToken) is null)
        {
            await hub.ApplyAsync(HubResource.Namespaces, Manifest(HubResource.Namespaces, null, @namespace, [], null), cancellationToken);
        }
    }

    private static JsonObject Manifest(
        HubResource resource, string? @namespace, string name, IEnumerable<KeyValuePair<string, string>> labels, JsonObject? spec)
    {
        var metadata = new JsonObject { ["name"] = name };
        if (@namespace is not null)
        {
            metadata["namespace"] = @namespace;
        }

        if (labels.Any())
        {
            metadata["labels"] = new JsonObject(labels.Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value)));
        }

        var manifest = new JsonObject { ["apiVersion"] = resource.ApiVersion, ["kind"] = resource.Kind, ["metadata"] = metadata };
        if (spec is not null)
        {
            manifest["spec"] = spec.DeepClone();
        }

        return manifest;
    }
}
