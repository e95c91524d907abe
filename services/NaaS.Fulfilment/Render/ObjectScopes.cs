using System.Text.Json.Nodes;

namespace NaaS.Fulfilment.Render;

/// <summary>
/// Which kinds stand in no namespace: Kubernetes' own, well-known ones of add-ons, and those whose CRD in the release says so. Any other kind is
/// taken as namespaced; OCM's agent tolerates a namespace on a cluster-scoped object, but not its absence on a namespaced one.
/// </summary>
internal sealed class ObjectScopes
{
    private static readonly HashSet<(string Group, string Kind)> Known =
    [
        ("", "Namespace"), ("", "Node"), ("", "PersistentVolume"), ("", "ComponentStatus"),
        ("admissionregistration.k8s.io", "MutatingWebhookConfiguration"), ("admissionregistration.k8s.io", "ValidatingWebhookConfiguration"),
        ("admissionregistration.k8s.io", "ValidatingAdmissionPolicy"), ("admissionregistration.k8s.io", "ValidatingAdmissionPolicyBinding"),
        ("admissionregistration.k8s.io", "MutatingAdmissionPolicy"), ("admissionregistration.k8s.io", "MutatingAdmissionPolicyBinding"),
        ("apiextensions.k8s.io", "CustomResourceDefinition"), ("apiregistration.k8s.io", "APIService"),
        ("certificates.k8s.io", "CertificateSigningRequest"), ("certificates.k8s.io", "ClusterTrustBundle"),
        ("flowcontrol.apiserver.k8s.io", "FlowSchema"), ("flowcontrol.apiserver.k8s.io", "PriorityLevelConfiguration"),
        ("networking.k8s.io", "IngressClass"), ("networking.k8s.io", "IPAddress"), ("networking.k8s.io", "ServiceCIDR"), ("node.k8s.io", "RuntimeClass"),
        ("policy", "PodSecurityPolicy"), ("rbac.authorization.k8s.io", "ClusterRole"), ("rbac.authorization.k8s.io", "ClusterRoleBinding"),
        ("resource.k8s.io", "DeviceClass"), ("resource.k8s.io", "ResourceSlice"), ("scheduling.k8s.io", "PriorityClass"),
        ("storage.k8s.io", "CSIDriver"), ("storage.k8s.io", "CSINode"), ("storage.k8s.io", "StorageClass"), ("storage.k8s.io", "VolumeAttachment"),
        ("storage.k8s.io", "VolumeAttributesClass"), ("snapshot.storage.k8s.io", "VolumeSnapshotClass"), ("snapshot.storage.k8s.io", "VolumeSnapshotContent"),
        ("gateway.networking.k8s.io", "GatewayClass"), ("cert-manager.io", "ClusterIssuer"), ("external-secrets.io", "ClusterSecretStore"),
        ("external-secrets.io", "ClusterExternalSecret"), ("kyverno.io", "ClusterPolicy"), ("keda.sh", "ClusterTriggerAuthentication"),
        ("cilium.io", "CiliumClusterwideNetworkPolicy"), ("security.openshift.io", "SecurityContextConstraints"),
        ("crd.projectcalico.org", "GlobalNetworkPolicy"), ("projectcalico.org", "GlobalNetworkPolicy"),
    ];

    private readonly HashSet<(string Group, string Kind)> clusterScoped;

    /// <summary>Knows Kubernetes' kinds and those that the release's own CRDs define.</summary>
    public ObjectScopes(IEnumerable<JsonObject> objects)
    {
        clusterScoped =
        [
            .. Known,
            .. objects
                .Where(o => o.Text("kind") == "CustomResourceDefinition" && o.Text("spec", "scope") == "Cluster")
                .Select(o => (o.Text("spec", "group"), o.Text("spec", "names", "kind"))),
        ];
    }

    /// <summary>Whether objects of a kind stand in no namespace.</summary>
    public bool IsClusterScoped(string group, string kind) => clusterScoped.Contains((group, kind));

    /// <summary>The object with its namespace: as rendered, the release's where none is given, none where the kind has none.</summary>
    public JsonObject InNamespace(JsonObject o, string releaseNamespace)
    {
        var key = Bundle.ObjectKey.Of(o);
        if (IsClusterScoped(key.Group, key.Kind) || key.Namespace.Length > 0 || o["metadata"] is not JsonObject)
        {
            return o;
        }

        var copy = (JsonObject)o.DeepClone();
        copy["metadata"]!["namespace"] = releaseNamespace;
        return copy;
    }
}
