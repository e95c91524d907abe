namespace NaaS.Tmf.Qualification;

/// <summary>What an order would do; no part of TMF645.</summary>
public sealed class ServicePlanDescription
{
    /// <summary>What it comes to: create, change, unchanged, remove or refused.</summary>
    public string? Outcome { get; set; }

    /// <summary>Resolved chart version.</summary>
    public string? ChartVersion { get; set; }

    /// <summary>Digest of the chart archive.</summary>
    public string? ChartDigest { get; set; }

    /// <summary>To be sent with the order as characteristic <c>Plan digest</c>: the order is refused if the plan has changed since.</summary>
    public string? Digest { get; set; }

    /// <summary>Where each component would run.</summary>
    public List<PlannedComponentDescription>? Component { get; set; }

    /// <summary>Objects that would be added, changed or removed.</summary>
    public List<PlannedObjectDescription>? Object { get; set; }
}

/// <summary>Where a component would run.</summary>
public sealed class PlannedComponentDescription
{
    /// <summary>Workload kind and name.</summary>
    public string? Workload { get; set; }

    /// <summary>Namespace.</summary>
    public string? Namespace { get; set; }

    /// <summary>The cluster, expected where there is a choice; absent where none suits.</summary>
    public string? Cluster { get; set; }

    /// <summary>The cluster that runs it now.</summary>
    public string? Before { get; set; }

    /// <summary>Why there, or why nowhere.</summary>
    public string? Reason { get; set; }
}

/// <summary>What would become of an object.</summary>
public sealed class PlannedObjectDescription
{
    /// <summary>add, change or remove.</summary>
    public string? Action { get; set; }

    /// <summary>Its cluster.</summary>
    public string? Cluster { get; set; }

    /// <summary>Kind.</summary>
    public string? Kind { get; set; }

    /// <summary>Namespace; absent for cluster-scoped objects.</summary>
    public string? Namespace { get; set; }

    /// <summary>Name.</summary>
    public string? Name { get; set; }

    /// <summary>What changes inside it.</summary>
    public List<PlannedFieldDescription>? Field { get; set; }
}

/// <summary>A field that would change.</summary>
public sealed class PlannedFieldDescription
{
    /// <summary>Path.</summary>
    public string? Path { get; set; }

    /// <summary>JSON before; absent where it comes.</summary>
    public string? Before { get; set; }

    /// <summary>JSON after; absent where it goes.</summary>
    public string? After { get; set; }
}
