namespace NaaS.Fulfilment.Storage;

/// <summary>What an operator wants of a cluster. It stays until hub and order agree.</summary>
internal sealed class ClusterOrderRecord
{
    /// <summary>The cluster.</summary>
    public required string Cluster { get; init; }

    /// <summary>Whether services shall leave it and stay away; false opens it again.</summary>
    public required bool Evacuated { get; set; }

    /// <summary>Whether the hub knows.</summary>
    public required bool Done { get; set; }

    /// <summary>When it was ordered.</summary>
    public required DateTimeOffset At { get; set; }
}
