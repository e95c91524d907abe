using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Works.Rights;

/// <summary>What the klusterlet's work agent may do on its cluster: <c>admin</c>, and what is aggregated to it.</summary>
internal sealed class AgentRights(SimulatedCluster cluster, AgentOptions options)
{
    private const string User = "system:serviceaccount:open-cluster-management-agent:klusterlet-work-sa";

    private static readonly HashSet<string> Granted =
    [
        "namespaces", "configmaps", "endpoints", "persistentvolumeclaims", "pods", "replicationcontrollers", "secrets", "serviceaccounts", "services",
        "deployments.apps", "statefulsets.apps", "daemonsets.apps", "replicasets.apps", "horizontalpodautoscalers.autoscaling",
        "jobs.batch", "cronjobs.batch", "ingresses.networking.k8s.io", "networkpolicies.networking.k8s.io", "poddisruptionbudgets.policy",
        "roles.rbac.authorization.k8s.io", "rolebindings.rbac.authorization.k8s.io", "clusterroles.rbac.authorization.k8s.io",
        "clusterrolebindings.rbac.authorization.k8s.io", "customresourcedefinitions.apiextensions.k8s.io", "priorityclasses.scheduling.k8s.io",
        "mutatingwebhookconfigurations.admissionregistration.k8s.io", "validatingwebhookconfigurations.admissionregistration.k8s.io",
        "servicemonitors.monitoring.coreos.com", "serviceexports.multicluster.x-k8s.io", "leases.coordination.k8s.io",
    ];

    private static readonly HashSet<string> ReadOnly = ["resourcequotas", "limitranges", "events", "endpointslices.discovery.k8s.io", "controllerrevisions.apps"];

    private static readonly string[] Aggregating =
    [
        "open-cluster-management.io/aggregate-to-work", "rbac.authorization.k8s.io/aggregate-to-admin",
        "rbac.authorization.k8s.io/aggregate-to-edit", "rbac.authorization.k8s.io/aggregate-to-view",
    ];

    /// <exception cref="ApiStatusException">The agent may not; worded as the API server words it.</exception>
    public void Check(string verb, ResourceType type, string ns, string name)
    {
        if (!options.Restricted || Granted.Contains(type.GroupResource) || (verb == "get" && ReadOnly.Contains(type.GroupResource)))
        {
            return;
        }

        var action = new Action(verb, type.Group, type.Plural, ns, name);
        if (!cluster.Store.List(Kinds.ClusterRoles).Items.Where(role => Aggregating.Any(label => role.Labels.GetValueOrDefault(label) == "true"))
            .Any(role => RoleRules.Allows(role.Read(), action)))
        {
            var what = verb == "create" ? type.GroupResource : $"{type.GroupResource} \"{name}\"";
            var where = type.Namespaced ? $"in the namespace \"{ns}\"" : "at the cluster scope";
            throw new ApiStatusException(403, "Forbidden",
                $"{what} is forbidden: User \"{User}\" cannot {verb} resource \"{type.Plural}\" in API group \"{type.Group}\" {where}");
        }
    }
}
