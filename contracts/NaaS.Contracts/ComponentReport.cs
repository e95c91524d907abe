namespace NaaS.Contracts;

/// <summary>A component as it is on its cluster.</summary>
/// <param name="Id">Stable id of the component.</param>
/// <param name="Kind">Workload kind, such as Deployment.</param>
/// <param name="Namespace">Namespace on the cluster.</param>
/// <param name="Name">Workload name.</param>
/// <param name="Cluster">Cluster that runs it; null before it is placed.</param>
/// <param name="Image">Image of the first container.</param>
/// <param name="Ready">Ready replicas.</param>
/// <param name="Desired">Desired replicas.</param>
/// <param name="State">What is true of it.</param>
/// <param name="Reason">Why it is not ready, such as ImagePullBackOff; null otherwise.</param>
public sealed record ComponentReport(
    Guid Id, string Kind, string Namespace, string Name, string? Cluster, string? Image, int Ready, int Desired, ComponentState State, string? Reason)
{
    /// <summary>Components that this one calls.</summary>
    public IReadOnlyList<ComponentCall> Calls { get; init; } = [];
}

/// <summary>One component calls another.</summary>
/// <param name="To">Id of the component that is called.</param>
/// <param name="Service">Kubernetes Service that the call goes through.</param>
/// <param name="Path">Where the call leads.</param>
public sealed record ComponentCall(Guid To, string Service, CallPath Path);

/// <summary>Where a call leads.</summary>
public enum CallPath
{
    /// <summary>Within one cluster.</summary>
    Local,

    /// <summary>To another cluster, by Multi-Cluster Services.</summary>
    Clusterset,

    /// <summary>To another cluster, which cannot be reached: the clusters offer no Multi-Cluster Services.</summary>
    Cut,
}

/// <summary>State of a component.</summary>
public enum ComponentState
{
    /// <summary>Not placed or not ready yet for the first time.</summary>
    Reserved,

    /// <summary>Ready, or was and is being changed.</summary>
    Active,

    /// <summary>No longer part of the service.</summary>
    Terminated,
}
