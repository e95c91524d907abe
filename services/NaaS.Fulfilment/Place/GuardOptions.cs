namespace NaaS.Fulfilment.Place;

/// <summary>What a customer's release may not contain. Names may begin or end in <c>*</c>.</summary>
public sealed record GuardOptions
{
    /// <summary>Namespaces that no release may use.</summary>
    public IReadOnlyList<string> RefusedNamespaces { get; init; } =
        ["kube-system", "kube-public", "kube-node-lease", "open-cluster-management*", "openshift", "openshift-*"];

    /// <summary>Namespaces that releases may use; empty means all that are not refused.</summary>
    public IReadOnlyList<string> AllowedNamespaces { get; init; } = [];

    /// <summary>Kinds that no release may contain, <c>Kind</c> or <c>Kind.group</c>; hub and node objects by default.</summary>
    public IReadOnlyList<string> RefusedKinds { get; init; } =
        ["Node", "CertificateSigningRequest.certificates.k8s.io", "*.operator.open-cluster-management.io", "*.work.open-cluster-management.io", "*.cluster.open-cluster-management.io"];

    /// <summary>Whether a release may contain cluster-scoped objects; its own Namespace is always allowed.</summary>
    public bool ClusterScoped { get; init; } = true;
}
