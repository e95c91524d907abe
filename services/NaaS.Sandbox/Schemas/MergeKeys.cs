using System.Collections.Frozen;

namespace NaaS.Sandbox.Schemas;

/// <summary>
/// How Kubernetes merges the lists and objects of its own kinds: the <c>listType</c>, <c>mapType</c> and <c>patchMergeKey</c> marks of the
/// k8s.io/api sources, by model (without its version) and field. Lists that are not named are atomic and replaced.
/// </summary>
internal static class MergeKeys
{
    // model.field  keys of server-side apply (- is atomic, * a set)  [key of strategic patch]  [patch strategy]
    private const string Table = """
        ObjectMeta.ownerReferences uid uid
        ObjectMeta.finalizers * * merge
        PodSpec.containers name name
        PodSpec.initContainers name name
        PodSpec.ephemeralContainers name name
        PodSpec.volumes name name merge,retainKeys
        PodSpec.imagePullSecrets name name
        PodSpec.hostAliases ip ip
        PodSpec.topologySpreadConstraints topologyKey,whenUnsatisfiable topologyKey
        PodSpec.resourceClaims name name merge,retainKeys
        PodSpec.schedulingGates name name
        PodStatus.conditions type type
        PodStatus.podIPs ip ip
        PodStatus.hostIPs - ip
        PodStatus.resourceClaimStatuses name name merge,retainKeys
        Container.ports containerPort,protocol containerPort
        Container.env name name
        Container.volumeMounts mountPath mountPath
        Container.volumeDevices devicePath devicePath
        EphemeralContainer.ports containerPort,protocol containerPort
        EphemeralContainer.env name name
        EphemeralContainer.volumeMounts mountPath mountPath
        EphemeralContainer.volumeDevices devicePath devicePath
        ResourceRequirements.claims name
        ContainerStatus.volumeMounts mountPath mountPath
        ServiceSpec.ports port,protocol port
        ServiceStatus.conditions type type
        ServiceAccount.secrets name name
        NamespaceStatus.conditions type type
        NodeStatus.conditions type type
        NodeStatus.addresses type type
        NodeSpec.podCIDRs * * merge
        PersistentVolumeClaimStatus.conditions type type
        ReplicationControllerStatus.conditions type type
        ReplicaSetStatus.conditions type type
        DeploymentStatus.conditions type type
        DeploymentSpec.strategy ~ ~ retainKeys
        StatefulSetStatus.conditions type type
        DaemonSetStatus.conditions type type
        JobStatus.conditions - type
        HorizontalPodAutoscalerStatus.conditions type type
        PodDisruptionBudgetStatus.conditions type type
        CustomResourceDefinitionStatus.conditions type
        APIServiceStatus.conditions type
        CertificateSigningRequestStatus.conditions type
        ValidatingAdmissionPolicyStatus.conditions type
        CSINodeSpec.drivers name name
        EndpointSlice.endpoints -
        Endpoint.addresses *
        MutatingWebhookConfiguration.webhooks name name
        MutatingWebhook.matchConditions name name
        ValidatingWebhookConfiguration.webhooks name name
        ValidatingWebhook.matchConditions name name
        ValidatingAdmissionPolicySpec.matchConditions name name
        ValidatingAdmissionPolicySpec.variables name name
        """;

    private const string AtomicModels = """
        LabelSelector LocalObjectReference ObjectReference SecretKeySelector ConfigMapKeySelector ObjectFieldSelector ResourceFieldSelector
        FileKeySelector SecretReference NodeSelector NodeSelectorTerm ScopeSelector TypedLocalObjectReference RoleRef FieldsV1
        CrossVersionObjectReference TopologySelectorTerm OwnerReference
        """;

    private const string AtomicMaps = "PodSpec.nodeSelector ServiceSpec.selector Endpoint.deprecatedTopology";

    private static readonly FrozenDictionary<string, string[]> Lists = Table.Split('\n')
        .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToFrozenDictionary(w => w[0], w => w);

    private static readonly FrozenSet<string> Models = AtomicModels.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet();

    private static readonly FrozenSet<string> Maps = AtomicMaps.Split(' ').ToFrozenSet();

    /// <summary>Whether objects of this model are owned as a whole.</summary>
    public static bool IsAtomic(string model) => Models.Contains(model);

    /// <summary>The field's shape with its merge marks.</summary>
    public static Schema Mark(string model, string field, Schema schema)
    {
        if (schema.Type == SchemaType.Map && Maps.Contains($"{model}.{field}"))
        {
            return schema with { Atomic = true };
        }
        if (!Lists.TryGetValue($"{model}.{field}", out var words))
        {
            return schema;
        }
        return schema with
        {
            Keys = words[1] is "-" or "*" or "~" ? null : words[1].Split(','),
            Set = words[1] == "*",
            PatchKey = words.Length > 2 && words[2] is not ("*" or "~") ? words[2] : null,
            PatchStrategy = words.Length > 3 ? words[3] : words.Length > 2 ? "merge" : null,
        };
    }
}
