namespace NaaS.Helm.Rendering;

/// <summary>The order in which Helm 4 installs kinds; unknown kinds come last, by name.</summary>
internal static class KindOrder
{
    private static readonly Dictionary<string, int> Places = new[]
    {
        "PriorityClass", "Namespace", "NetworkPolicy", "ResourceQuota", "LimitRange", "PodSecurityPolicy", "PodDisruptionBudget", "ServiceAccount",
        "Secret", "SecretList", "ConfigMap", "StorageClass", "PersistentVolume", "PersistentVolumeClaim", "CustomResourceDefinition", "ClusterRole",
        "ClusterRoleList", "ClusterRoleBinding", "ClusterRoleBindingList", "Role", "RoleList", "RoleBinding", "RoleBindingList", "Service",
        "DaemonSet", "Pod", "ReplicationController", "ReplicaSet", "Deployment", "HorizontalPodAutoscaler", "StatefulSet", "Job", "CronJob",
        "IngressClass", "Ingress", "APIService", "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration",
    }.Select((kind, place) => (kind, place)).ToDictionary(pair => pair.kind, pair => pair.place, StringComparer.Ordinal);

    /// <summary>Sorts by kind; what is of one kind stays in order.</summary>
    public static IEnumerable<T> Sort<T>(IEnumerable<T> items, Func<T, string> kind) => items
        .OrderBy(item => Places.GetValueOrDefault(kind(item), int.MaxValue))
        .ThenBy(item => Places.ContainsKey(kind(item)) ? "" : kind(item), StringComparer.Ordinal);
}
