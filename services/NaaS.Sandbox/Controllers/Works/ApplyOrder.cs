namespace NaaS.Sandbox.Controllers.Works;

/// <summary>In which order a work's manifests are applied: by kind, whatever their place in the work.</summary>
internal static class ApplyOrder
{
    private static readonly string[] Kinds =
    [
        "Namespace", "CustomResourceDefinition", "StorageClass", "PersistentVolume", "PriorityClass",
        "ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding",
        "NetworkPolicy", "ResourceQuota", "LimitRange", "PodDisruptionBudget", "ServiceAccount",
        "Secret", "ConfigMap", "PersistentVolumeClaim", "Service",
        "DaemonSet", "Pod", "ReplicationController", "ReplicaSet", "Deployment", "HorizontalPodAutoscaler", "StatefulSet", "Job", "CronJob",
        "ValidatingWebhookConfiguration", "MutatingWebhookConfiguration",
    ];

    private static readonly Dictionary<string, int> Ranks = Kinds.Index().ToDictionary(pair => pair.Item, pair => pair.Index);

    /// <summary>Low ranks first; kinds that the agent does not know come last.</summary>
    public static int Rank(string kind) => Ranks.GetValueOrDefault(kind, int.MaxValue);
}
