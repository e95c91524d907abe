using System.Text.Json.Nodes;

namespace NaaS.Fulfilment.Bundle;

/// <summary>Which objects of a release go where which other goes. Keys of objects outside the release may stand between two of its own.</summary>
internal sealed class ReleaseGraph
{
    private readonly Dictionary<ObjectKey, HashSet<ObjectKey>> pulls = [];
    private readonly HashSet<ObjectKey> workloadKeys;

    /// <summary>Links the objects.</summary>
    public ReleaseGraph(IReadOnlyList<JsonObject> objects, IReadOnlyList<Workload> workloads)
    {
        workloadKeys = [.. workloads.Select(workload => workload.Key)];
        var companions = new Companions(workloads, objects);
        foreach (var o in objects)
        {
            var key = ObjectKey.Of(o);
            Pull(key, References.In(o));
            Pull(key, AnnotationReferences.In(o, key.Namespace));
            Pull(key, key.Namespace.Length > 0 ? [new ObjectKey("", "Namespace", "", key.Namespace)] : []);
            foreach (var host in companions.HostsOf(o))
            {
                Pull(host, [key]);
            }
        }

        var mentions = new ServiceMentions(objects);
        foreach (var workload in workloads)
        {
            Pull(workload.Key, mentions.By(workload).Where(service => service.Object.Map("spec", "selector").Count == 0).Select(service => service.Key));
            Pull(workload.Key, AnnotationReferences.NetworksOf(workload));
            Pull(workload.Key, PodDefaults(workload));
            Pull(workload.Key, Watched(workload, objects));
        }

        LinkDefinitions(objects);
        LinkAggregatedRoles(objects);
    }

    /// <summary>Everything that goes where the object goes, itself included; another workload is never pulled along.</summary>
    public HashSet<ObjectKey> Along(ObjectKey start)
    {
        HashSet<ObjectKey> reached = [start];
        var open = new Stack<ObjectKey>(reached);
        while (open.TryPop(out var key))
        {
            foreach (var next in pulls.GetValueOrDefault(key) ?? [])
            {
                if (!workloadKeys.Contains(next) && reached.Add(next))
                {
                    open.Push(next);
                }
            }
        }

        return reached;
    }

    private void Pull(ObjectKey host, IEnumerable<ObjectKey> keys)
    {
        if (!pulls.TryGetValue(host, out var known))
        {
            pulls[host] = known = [];
        }

        known.UnionWith(keys);
    }

    /// <summary>The governing Service of a StatefulSet, and the account of pods that name none.</summary>
    private static IEnumerable<ObjectKey> PodDefaults(Workload workload)
    {
        var (_, _, ns, _) = workload.Key;
        if (workload.Object.Text("spec", "serviceName") is { Length: > 0 } governing)
        {
            yield return new("", "Service", ns, governing);
        }

        if (workload.PodSpec.Text("serviceAccountName").Length == 0 && workload.PodSpec.Text("serviceAccount").Length == 0)
        {
            yield return new("", "ServiceAccount", ns, "default");
        }
    }

    /// <summary>Configuration that a k8s-sidecar container collects by label (its variable LABEL), as Grafana's dashboards.</summary>
    private static IEnumerable<ObjectKey> Watched(Workload workload, IReadOnlyList<JsonObject> objects)
    {
        HashSet<string> labels =
        [
            .. workload.Containers.SelectMany(container => container.Maps("env")).Where(variable => variable.Text("name") == "LABEL").Select(variable => variable.Text("value")),
        ];
        return labels.Count == 0 ? [] : objects
            .Where(o => o.Text("kind") is "ConfigMap" or "Secret" && o.Map("metadata", "labels").Any(label => labels.Contains(label.Key)))
            .Select(ObjectKey.Of);
    }

    /// <summary>A custom resource needs its definition; so does an operator, whose roles name the resources it serves.</summary>
    private void LinkDefinitions(IReadOnlyList<JsonObject> objects)
    {
        foreach (var definition in objects.Where(o => o.Text("kind") == "CustomResourceDefinition"))
        {
            var (group, kind, plural) = (definition.Text("spec", "group"), definition.Text("spec", "names", "kind"), definition.Text("spec", "names", "plural"));
            foreach (var o in objects)
            {
                var key = ObjectKey.Of(o);
                if ((key.Group == group && key.Kind == kind) || RoleRules.Serves(o, group, [plural]))
                {
                    Pull(key, [ObjectKey.Of(definition)]);
                }
            }
        }
    }

    private void LinkAggregatedRoles(IReadOnlyList<JsonObject> objects)
    {
        var roles = objects.Where(o => o.Text("kind") == "ClusterRole").ToList();
        foreach (var role in roles.Where(role => role.ContainsKey("aggregationRule")))
        {
            Pull(ObjectKey.Of(role), roles
                .Where(other => role.Maps("aggregationRule", "clusterRoleSelectors")
                    .Any(selector => Selectors.Matches(selector, other.Pairs("metadata", "labels").ToDictionary(StringComparer.Ordinal))))
                .Select(ObjectKey.Of));
        }
    }
}
