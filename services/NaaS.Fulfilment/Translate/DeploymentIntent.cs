using NaaS.Fulfilment.Place;
using NaaS.Helm.Charts;

namespace NaaS.Fulfilment.Translate;

/// <summary>What a service's characteristics ask for, in Helm's and OCM's terms.</summary>
public sealed record DeploymentIntent
{
    /// <summary>Id of the customer-facing service.</summary>
    public required Guid ServiceId { get; init; }

    /// <summary>Helm release name: valid, at most 53 characters.</summary>
    public required string ReleaseName { get; init; }

    /// <summary>Release namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>Whether the namespace is the service's own, made with it and removed with it; false where <c>Service namespace</c> named one.</summary>
    public required bool OwnsNamespace { get; init; }

    /// <summary>The chart, version as ordered.</summary>
    public required ChartReference Chart { get; init; }

    /// <summary>Helm values document, decoded YAML; empty where none was given.</summary>
    public required string Values { get; init; }

    /// <summary>Single Helm values that characteristics named <c>values.PATH</c> set.</summary>
    public required IReadOnlyList<Knob> Knobs { get; init; }

    /// <summary>The cluster that is asked for, where the service is a cluster and no chart is deployed; null otherwise.</summary>
    public OrderedCluster? Cluster { get; init; }

    /// <summary>Where the components may run.</summary>
    public required PlacementRules Placement { get; init; }

    /// <summary>How long a revision may take to become good.</summary>
    public required TimeSpan Deadline { get; init; }

    /// <summary>Whether stateful components may be recreated elsewhere, losing their data.</summary>
    public required bool Recreate { get; init; }

    /// <summary>Whether new chart versions inside the ordered range are taken by themselves.</summary>
    public UpdatePolicy UpdatePolicy { get; init; }

    /// <summary>When automatic versions may be taken, as ordered; null means at any time.</summary>
    public string? MaintenanceWindow { get; init; }

    /// <summary>Whether the service shall be inactive: kept with its data, nothing of it running.</summary>
    public bool Inactive { get; init; }

    /// <summary>Digest of the plan that the customer agreed to; null where none was given.</summary>
    public string? PlanDigest { get; init; }
}

/// <summary>A cluster that is ordered as a service.</summary>
/// <param name="Name">Name of its ManagedCluster.</param>
/// <param name="Set">The ManagedClusterSet it joins; null for the configured one.</param>
public sealed record OrderedCluster(string Name, string? Set);

/// <summary>Who decides that a new chart version is taken.</summary>
public enum UpdatePolicy
{
    /// <summary>The customer, by a change.</summary>
    Manual,

    /// <summary>The worker, when the repository offers one.</summary>
    Automatic,
}
