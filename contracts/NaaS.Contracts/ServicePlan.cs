namespace NaaS.Contracts;

/// <summary>What an order or a change would do.</summary>
/// <param name="Outcome">What it comes to.</param>
public sealed record ServicePlan(PlanOutcome Outcome)
{
    /// <summary>Why it would be refused or would wait, in plain words; null otherwise.</summary>
    public string? Reason { get; init; }

    /// <summary>Resolved chart version; null where the service ends or the chart was not found.</summary>
    public string? ChartVersion { get; init; }

    /// <summary><c>sha256:...</c> of the chart archive.</summary>
    public string? ChartDigest { get; init; }

    /// <summary>
    /// <c>sha256:...</c> of what was planned, to be sent with the order as <c>Plan digest</c>: it is refused if the plan has changed since. Null where
    /// there is nothing to agree to.
    /// </summary>
    public string? Digest { get; init; }

    /// <summary>Where each component would run.</summary>
    public IReadOnlyList<PlannedComponent> Components { get; init; } = [];

    /// <summary>Objects that would be added, changed or removed on clusters.</summary>
    public IReadOnlyList<PlannedObject> Objects { get; init; } = [];
}

/// <summary>What a plan comes to.</summary>
public enum PlanOutcome
{
    /// <summary>A new service.</summary>
    Create,

    /// <summary>Objects or places of a running service change.</summary>
    Change,

    /// <summary>Nothing would be done.</summary>
    Unchanged,

    /// <summary>Everything would be removed.</summary>
    Remove,

    /// <summary>It would be refused, or wait for a cluster that is not there.</summary>
    Refused,
}

/// <summary>Where a component would run.</summary>
/// <param name="Kind">Workload kind.</param>
/// <param name="Namespace">Namespace.</param>
/// <param name="Name">Workload name.</param>
/// <param name="Cluster">The cluster, expected where OCM has a choice; null where none suits.</param>
/// <param name="Before">Cluster that runs it now; null where it is new.</param>
/// <param name="Why">Why there, or why nowhere.</param>
public sealed record PlannedComponent(string Kind, string Namespace, string Name, string? Cluster, string? Before, string Why);

/// <summary>What would become of an object.</summary>
/// <param name="Action">What is done to it.</param>
/// <param name="Cluster">Its cluster.</param>
/// <param name="Kind">Kind.</param>
/// <param name="Namespace">Namespace; empty for cluster-scoped objects.</param>
/// <param name="Name">Name.</param>
/// <param name="Fields">What changes inside it; empty where it is added or removed.</param>
public sealed record PlannedObject(
    PlannedAction Action, string Cluster, string Kind, string Namespace, string Name, IReadOnlyList<PlannedField> Fields);

/// <summary>What is done to an object.</summary>
public enum PlannedAction
{
    /// <summary>It comes.</summary>
    Add,

    /// <summary>It changes.</summary>
    Change,

    /// <summary>It goes.</summary>
    Remove,
}

/// <summary>A field that would change.</summary>
/// <param name="Path">Path such as <c>spec.template.spec.containers[0].image</c>.</param>
/// <param name="Before">JSON before; null where it is not there. Secrets are <c>***</c>.</param>
/// <param name="After">JSON after; null where it goes.</param>
public sealed record PlannedField(string Path, string? Before, string? After);
