namespace NaaS.Fulfilment.Translate;

/// <summary>What the characteristics of a deployable service are called in this installation's catalogue.</summary>
public sealed record CharacteristicNames
{
    /// <summary>Release name and display name.</summary>
    public string ServiceName { get; init; } = "Service name";

    /// <summary>Must be <c>helm</c>.</summary>
    public string PackageManager { get; init; } = "Service package manager";

    /// <summary>Where bare chart names are looked up.</summary>
    public string Repository { get; init; } = "Base service registry/repository URL";

    /// <summary>The chart.</summary>
    public string Artifact { get; init; } = "Service artifact identifier in service registry/repository";

    /// <summary>Exact version or SemVer range.</summary>
    public string Version { get; init; } = "Service artifact version";

    /// <summary>Helm values, YAML, plain or base64.</summary>
    public string Values { get; init; } = "Helm Package Configuration";

    /// <summary>Must be <c>ocm</c>.</summary>
    public string ClusterManager { get; init; } = "Cluster Manager";

    /// <summary>Placement rules, YAML, plain or base64.</summary>
    public string Placement { get; init; } = "Cluster Metadata";

    /// <summary>Where no chart is given, the cluster that is asked for itself.</summary>
    public string ClusterName { get; init; } = "Cluster name";

    /// <summary>The ManagedClusterSet that an ordered cluster joins; the configured one where not given.</summary>
    public string ClusterSet { get; init; } = "Cluster set";

    /// <summary>Release namespace.</summary>
    public string Namespace { get; init; } = "Service namespace";

    /// <summary><c>manual</c> or <c>automatic</c>.</summary>
    public string UpdatePolicy { get; init; } = "Update policy";

    /// <summary>Seconds.</summary>
    public string Deadline { get; init; } = "Deadline";

    /// <summary>When automatic versions may be taken.</summary>
    public string MaintenanceWindow { get; init; } = "Maintenance window";

    /// <summary>Whether stateful components may be recreated elsewhere.</summary>
    public string Recreate { get; init; } = "Recreate";

    /// <summary>Digest of the plan that the customer agreed to.</summary>
    public string PlanDigest { get; init; } = "Plan digest";

    /// <summary>What the name of a knob starts with; the rest is the Helm value's path.</summary>
    public string KnobPrefix { get; init; } = "values.";
}
