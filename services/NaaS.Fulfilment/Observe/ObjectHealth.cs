using NaaS.Fulfilment.Bundle;

namespace NaaS.Fulfilment.Observe;

/// <summary>How an object fares.</summary>
internal enum Health
{
    /// <summary>As wanted.</summary>
    Ready,

    /// <summary>On its way, or nothing known yet.</summary>
    Progressing,

    /// <summary>It will not become ready by waiting.</summary>
    Failed,
}

/// <summary>An object's health.</summary>
/// <param name="Key">The object.</param>
/// <param name="Cluster">Its cluster.</param>
/// <param name="Health">How it fares.</param>
/// <param name="Ready">Ready replicas, where it has any.</param>
/// <param name="Desired">Wanted replicas.</param>
/// <param name="Reason">Why it is not ready; null where it is.</param>
internal sealed record ObjectHealth(ObjectKey Key, string Cluster, Health Health, int Ready, int Desired, string? Reason)
{
    /// <summary>Workload, cluster and reason in plain words.</summary>
    public override string ToString() => $"{Key} on {Cluster}: {Reason}";
}
