using System.Collections.Frozen;

namespace NaaS.Sandbox.Schemas;

/// <summary>Fields without which the API server refuses Kubernetes' own kinds, by model; KubernetesClient's models do not tell them.</summary>
internal static class RequiredFields
{
    private const string Table = """
        Container name
        EnvVar name
        ContainerPort containerPort
        Volume name
        VolumeMount name mountPath
        VolumeDevice name devicePath
        PodSpec containers
        DeploymentSpec selector template
        StatefulSetSpec selector template
        DaemonSetSpec selector template
        ReplicaSetSpec selector
        JobSpec template
        CronJobSpec schedule jobTemplate
        ServicePort port
        KeyToPath key path
        SecretKeySelector key
        ConfigMapKeySelector key
        ObjectFieldSelector fieldPath
        ResourceFieldSelector resource
        HTTPGetAction port
        TCPSocketAction port
        HorizontalPodAutoscalerSpec scaleTargetRef maxReplicas
        CrossVersionObjectReference kind name
        RoleRef apiGroup kind name
        RbacV1Subject kind name
        PolicyRule verbs
        RoleBinding roleRef
        ClusterRoleBinding roleRef
        HTTPIngressPath pathType backend
        IngressServiceBackend name
        StorageClass provisioner
        PriorityClass value
        LabelSelectorRequirement key operator
        OwnerReference apiVersion kind name uid
        CustomResourceDefinitionSpec group names scope versions
        CustomResourceDefinitionNames plural kind
        CustomResourceDefinitionVersion name served storage
        """;

    private static readonly FrozenDictionary<string, IReadOnlyList<string>> Fields = Table.Split('\n')
        .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .ToFrozenDictionary(w => w[0], w => (IReadOnlyList<string>)w[1..]);

    /// <summary>The required fields of a model, named without its version.</summary>
    public static IReadOnlyList<string> Of(string model) => Fields.GetValueOrDefault(model, []);
}
