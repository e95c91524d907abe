namespace NaaS.ClusterHub.Objects;

/// <summary>Labels and annotations that mark what is ours, on the hub and on the clusters.</summary>
public static class HubLabels
{
    /// <summary>Prefix of all of them.</summary>
    public const string Prefix = "naas.example";

    /// <summary>Label: id of the service.</summary>
    public const string Service = Prefix + "/service";

    /// <summary>Label: placement group.</summary>
    public const string Group = Prefix + "/group";

    /// <summary>Annotation of each delivered object: number of the delivery that last changed it.</summary>
    public const string Revision = Prefix + "/revision";

    /// <summary>Annotation of a work: W3C trace parent of the order that it was last written for.</summary>
    public const string Trace = Prefix + "/trace";

    /// <summary>Taint of a cluster that services shall leave.</summary>
    public const string Evacuated = Prefix + "/evacuated";

    /// <summary>Label of a work: changed to make the agent try a failed work again at once.</summary>
    public const string Retry = Prefix + "/retry";
}
