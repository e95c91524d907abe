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
    Guid Id, string Kind, string Namespace, string Name, string? Cluster, string? Image, int Ready, int Desired, ComponentState State, string? Reason);

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
