namespace NaaS.Tmf.Characteristics;

/// <summary>The characteristic names of a deployable service, as the Maestro portal shows them; each configurable per installation.</summary>
public sealed class DeployableNames
{
    /// <summary>Release name and display name.</summary>
    public string ServiceName { get; set; } = "Service name";

    /// <summary>Only <c>helm</c>.</summary>
    public string PackageManager { get; set; } = "Service package manager";

    /// <summary>Where bare chart names are looked up.</summary>
    public string Repository { get; set; } = "Base service registry/repository URL";

    /// <summary>The chart.</summary>
    public string Chart { get; set; } = "Service artifact identifier in service registry/repository";

    /// <summary>Exact version or SemVer range.</summary>
    public string Version { get; set; } = "Service artifact version";

    /// <summary>Values: YAML, plain or base64.</summary>
    public string Values { get; set; } = "Helm Package Configuration";

    /// <summary>Only <c>ocm</c>.</summary>
    public string ClusterManager { get; set; } = "Cluster Manager";

    /// <summary>Placement rules: YAML, plain or base64.</summary>
    public string Placement { get; set; } = "Cluster Metadata";

    /// <summary>Where no chart is given, the cluster that is asked for itself.</summary>
    public string ClusterName { get; set; } = "Cluster name";

    /// <summary>The ManagedClusterSet that an ordered cluster joins.</summary>
    public string ClusterSet { get; set; } = "Cluster set";

    /// <summary>Release namespace.</summary>
    public string Namespace { get; set; } = "Service namespace";

    /// <summary><c>manual</c> or <c>automatic</c>.</summary>
    public string UpdatePolicy { get; set; } = "Update policy";

    /// <summary>Seconds until a revision that is not good counts as failed.</summary>
    public string Deadline { get; set; } = "Deadline";

    /// <summary>When automatic updates may run.</summary>
    public string MaintenanceWindow { get; set; } = "Maintenance window";

    /// <summary>Whether stateful groups may be moved without their data.</summary>
    public string Recreate { get; set; } = "Recreate";

    /// <summary>Digest of a preview's plan that the change must equal.</summary>
    public string PlanDigest { get; set; } = "Plan digest";

    /// <summary>What a typed knob's name starts with.</summary>
    public string KnobPrefix { get; set; } = "values.";
}
