using System.Collections.Frozen;

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

    // Helm 3 does not know these two, so that they come among the unknown kinds.
    private static readonly FrozenSet<string> UnknownToHelm3 = ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"];

    /// <summary>Sorts by kind; what is of one kind stays in order.</summary>
    public static IEnumerable<T> Sort<T>(IEnumerable<T> items, Func<T, string> kind, bool helm3) => items
        .OrderBy(item => PlaceOf(kind(item), helm3))
        .ThenBy(item => PlaceOf(kind(item), helm3) < int.MaxValue ? "" : kind(item), StringComparer.Ordinal);

    private static int PlaceOf(string kind, bool helm3) =>
        helm3 && UnknownToHelm3.Contains(kind) ? int.MaxValue : Places.GetValueOrDefault(kind, int.MaxValue);
}
