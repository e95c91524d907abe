namespace NaaS.ClusterHub.Connection;

/// <summary>Section <c>Hub</c> of the configuration: where the Open Cluster Management hub is and where our objects live on it.</summary>
public sealed class HubOptions
{
    /// <summary>Kubeconfig file; wins over <see cref="Url"/>. Without both: the pod's service account, else the user's default kubeconfig.</summary>
    public string? Kubeconfig { get; set; }

    /// <summary>Context of the kubeconfig; its current one where empty.</summary>
    public string? Context { get; set; }

    /// <summary>API server's URL, for a hub that asks for no credentials or for <see cref="Token"/>.</summary>
    public string? Url { get; set; }

    /// <summary>Bearer token for <see cref="Url"/>.</summary>
    public string? Token { get; set; }

    /// <summary>Namespace of our Placements, bindings and leases.</summary>
    public string Namespace { get; set; } = "naas";

    /// <summary>ManagedClusterSet of services whose rules name none.</summary>
    public string ClusterSet { get; set; } = "default";

    /// <summary>Whether the clusters offer Multi-Cluster Services (multicluster.x-k8s.io), so that components on different clusters reach each other.</summary>
    public bool MultiClusterServices { get; set; } = true;

    /// <summary>Whether a change that would cut a link between components is refused where they do not; else it is reported.</summary>
    public bool RefuseCutLinks { get; set; }

    /// <summary>How long the elected watcher may be silent before another worker takes over.</summary>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(15);
}
