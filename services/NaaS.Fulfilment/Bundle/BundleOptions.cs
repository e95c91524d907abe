namespace NaaS.Fulfilment.Bundle;

/// <summary>Which objects count as workloads, beyond Kubernetes' own and every custom resource with a pod template in <c>spec.template</c>.</summary>
public sealed record BundleOptions
{
    /// <summary>Custom resources that run pods without showing a pod template.</summary>
    public IReadOnlyList<WorkloadRule> Workloads { get; init; } =
    [
        new("postgresql.cnpg.io", "Cluster", Stateful: true),
        new("kafka.strimzi.io", "Kafka", Stateful: true),
        new("kubevirt.io", "VirtualMachine", Stateful: true),
    ];
}

/// <summary>A custom resource that is a workload.</summary>
/// <param name="Group">API group.</param>
/// <param name="Kind">Kind.</param>
/// <param name="Stateful">Whether it keeps data that does not move by itself.</param>
public sealed record WorkloadRule(string Group, string Kind, bool Stateful);
