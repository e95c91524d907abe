namespace NaaS.Fulfilment.Place;

/// <summary>How placement rules become OCM Placements.</summary>
public sealed record PlaceOptions
{
    /// <summary>ManagedClusterSet where a service names none.</summary>
    public string ClusterSet { get; init; } = "default";

    /// <summary>How long a group stays on a cluster that has become unreachable or unavailable before OCM chooses another one.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);
}
