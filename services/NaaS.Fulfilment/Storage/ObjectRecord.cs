namespace NaaS.Fulfilment.Storage;

/// <summary>An object of a service on a cluster: who owns it, in which work it is, and which delivery last changed it.</summary>
internal sealed class ObjectRecord
{
    /// <summary>The service.</summary>
    public required Guid ServiceId { get; init; }

    /// <summary>The cluster.</summary>
    public required string Cluster { get; init; }

    /// <summary>API group, empty for core.</summary>
    public required string ApiGroup { get; init; }

    /// <summary>Kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Namespace, empty for cluster-scoped objects.</summary>
    public required string Namespace { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Empty, so that one service alone can want it; the service's id for what services share (CRDs).</summary>
    public required string Owner { get; init; }

    /// <summary>Part of the service's works on that cluster that carries it; it stays there.</summary>
    public required int Part { get; set; }

    /// <summary>Number of the delivery that last changed it.</summary>
    public required long Number { get; set; }

    /// <summary>Whether its status is watched; the agent has few watches, what goes beyond is polled.</summary>
    public bool Watched { get; set; }

    /// <summary>Digest of the object as delivered.</summary>
    public required string Digest { get; set; }
}
