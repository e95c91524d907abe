using System.Text.Json.Nodes;

namespace NaaS.Fulfilment.Bundle;

/// <summary>
/// Objects that go where another one goes although that one does not name them: a Service with the pods it selects, an Ingress with the Service it
/// routes to, an autoscaler with its target, a role binding with its account ...
/// </summary>
internal sealed class Companions
{
    private static readonly HashSet<string> Autoscalers = ["HorizontalPodAutoscaler", "VerticalPodAutoscaler", "ScaledObject"];

    private static readonly string[] SelectorFields = ["selector", "endpointSelector", "podSelector"];

    private readonly ILookup<string, Workload> workloads;
    private readonly ILookup<(string Namespace, string Label, string Value), Workload> workloadsByLabel;
    private readonly IReadOnlyList<(ObjectKey Key, IReadOnlyDictionary<string, string> Labels)> services;

    /// <summary>Knows the workloads and Services of a release.</summary>
    public Companions(IReadOnlyList<Workload> workloads, IReadOnlyList<JsonObject> objects)
    {
        this.workloads = workloads.ToLookup(workload => workload.Key.Namespace);
        workloadsByLabel = workloads
            .SelectMany(workload => workload.PodLabels, (workload, label) => (Workload: workload, Key: (workload.Key.Namespace, label.Key, label.Value)))
            .ToLookup(entry => entry.Key, entry => entry.Workload);
        services =
        [
            .. objects
                .Select(o => (Object: o, Key: ObjectKey.Of(o)))
                .Where(o => o.Key is { Group: "", Kind: "Service" })
                .Select(o => (o.Key, (IReadOnlyDictionary<string, string>)o.Object.Pairs("metadata", "labels").ToDictionary(StringComparer.Ordinal))),
        ];
    }

    /// <summary>What the object goes along with.</summary>
    public IEnumerable<ObjectKey> HostsOf(JsonObject o)
    {
        var key = ObjectKey.Of(o);
        return (key.Group, key.Kind) switch
        {
            ("", "Service") => BehindService(o.Map("spec", "selector"), key.Namespace),
            ("", "Endpoints") => [new("", "Service", key.Namespace, key.Name)],
            ("discovery.k8s.io", "EndpointSlice") => [new("", "Service", key.Namespace, o.Text("metadata", "labels", "kubernetes.io/service-name"))],
            ("", "Secret") => [new("", "ServiceAccount", key.Namespace, o.Text("metadata", "annotations", "kubernetes.io/service-account.name"))],
            ("", "PersistentVolume") => HostsOfVolume(o),
            ("", "ResourceQuota" or "LimitRange") => Pods(key.Namespace, _ => true),
            ("policy", "PodDisruptionBudget") => Pods(key.Namespace, labels => Selectors.Matches(o.Map("spec", "selector"), labels)),
            ("networking.k8s.io", "NetworkPolicy") => Pods(key.Namespace, labels => Selectors.Matches(o.Map("spec", "podSelector"), labels)),
            ("rbac.authorization.k8s.io", "RoleBinding" or "ClusterRoleBinding") => o.Maps("subjects").SelectMany(subject => HostsOfBinding(subject, key)),
            ("admissionregistration.k8s.io", "MutatingWebhookConfiguration" or "ValidatingWebhookConfiguration") =>
                o.Maps("webhooks").Select(webhook => ServiceOf(webhook.Map("clientConfig", "service"))),
            ("apiregistration.k8s.io", "APIService") => [ServiceOf(o.Map("spec", "service"))],
            ("apiextensions.k8s.io", "CustomResourceDefinition") => [ServiceOf(o.Map("spec", "conversion", "webhook", "clientConfig", "service"))],
            (_, var kind) when Autoscalers.Contains(kind) => [Target(o, key)],
            _ when IsAddOn(key.Group) || key.Kind == "Ingress" => [.. HostsOfRoute(o, key), .. HostsOfAddOn(o, key)],
            _ => [],
        };
    }

    /// <summary>Whether a group is not Kubernetes' own.</summary>
    public static bool IsAddOn(string group) =>
        group.Contains('.') && (!group.EndsWith(".k8s.io", StringComparison.Ordinal) || group is "gateway.networking.k8s.io" or "snapshot.storage.k8s.io");

    private IEnumerable<ObjectKey> Pods(string @namespace, Func<IReadOnlyDictionary<string, string>, bool> selects) =>
        workloads[@namespace].Where(workload => selects(workload.PodLabels)).Select(workload => workload.Key);

    /// <summary>
    /// The pods behind a Service. A selector may also ask for labels that pods only get while they run (the leader's mark, a StatefulSet's pod name):
    /// where nothing else is selected, those that no pod template carries do not count.
    /// </summary>
    private IEnumerable<ObjectKey> BehindService(JsonObject selector, string @namespace)
    {
        var selected = Selected(selector, @namespace).Select(workload => workload.Key).ToList();
        if (selected.Count > 0 || selector.Count == 0)
        {
            return selected;
        }

        var lasting = new JsonObject(selector
            .Where(pair => workloads[@namespace].Any(workload => workload.PodLabels.ContainsKey(pair.Key)))
            .Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));
        return Selected(lasting, @namespace)
            .Where(workload => IsPodOf(workload, selector.Text("statefulset.kubernetes.io/pod-name")))
            .Select(workload => workload.Key);
    }

    private IEnumerable<Workload> Selected(JsonObject selector, string @namespace) =>
        selector.Count == 0
            ? []
            : workloadsByLabel[(@namespace, selector.First().Key, selector.First().Value.Text())].Where(workload => Selectors.SelectsAll(selector, workload.PodLabels));

    private static bool IsPodOf(Workload workload, string pod) => pod.Length == 0 || (pod.LastIndexOf('-') is > 0 and var at && pod[..at] == workload.Key.Name);

    private static ObjectKey ServiceOf(JsonObject reference) => new("", "Service", reference.Text("namespace"), reference.Text("name"));

    /// <summary>A volume goes with its claim, or with those who ask for its class.</summary>
    private static IEnumerable<ObjectKey> HostsOfVolume(JsonObject volume)
    {
        var claim = volume.Map("spec", "claimRef");
        return claim.Count > 0
            ? [new("", "PersistentVolumeClaim", claim.Text("namespace"), claim.Text("name"))]
            : [new("storage.k8s.io", "StorageClass", "", volume.Text("spec", "storageClassName"))];
    }

    private IEnumerable<ObjectKey> HostsOfBinding(JsonObject subject, ObjectKey binding)
    {
        const string accounts = "system:serviceaccounts";
        const string account = "system:serviceaccount:";
        var name = subject.Text("name");
        return subject.Text("kind") switch
        {
            "ServiceAccount" => [new("", "ServiceAccount", subject.Text("namespace") is { Length: > 0 } other ? other : binding.Namespace, name)],
            "User" when name.StartsWith(account, StringComparison.Ordinal) && name[account.Length..].Split(':') is [var ns, var user] =>
                [new("", "ServiceAccount", ns, user)],
            "Group" when name is accounts or "system:authenticated" => workloads.SelectMany(same => same).Select(workload => workload.Key),
            "Group" when name.StartsWith(accounts + ":", StringComparison.Ordinal) => Pods(name[(accounts.Length + 1)..], _ => true),
            _ => [],
        };
    }

    private static ObjectKey Target(JsonObject autoscaler, ObjectKey key)
    {
        var target = autoscaler.Map("spec", "scaleTargetRef") is { Count: > 0 } scaled ? scaled : autoscaler.Map("spec", "targetRef");
        var apiVersion = target.Text("apiVersion");
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        var kind = target.Text("kind") is { Length: > 0 } given ? given : "Deployment";
        var group = slash > 0 ? apiVersion[..slash] : kind is "Deployment" or "StatefulSet" or "ReplicaSet" or "DaemonSet" ? "apps" : "";
        return new(group, kind, key.Namespace, target.Text("name"));
    }

    /// <summary>Routes, gateways and meshes name Services in several ways.</summary>
    private static IEnumerable<ObjectKey> HostsOfRoute(JsonNode? node, ObjectKey key, string field = "") => node switch
    {
        JsonArray list => list.SelectMany(item => HostsOfRoute(item, key, field)),
        JsonObject map => [.. RoutedService(map, key, field), .. map.SelectMany(entry => HostsOfRoute(entry.Value, key, entry.Key))],
        JsonValue when field is "host" or "serviceName" && node.Text() is { Length: > 0 } host => [ByDnsName(host, key)],
        _ => [],
    };

    private static IEnumerable<ObjectKey> RoutedService(JsonObject map, ObjectKey key, string field)
    {
        var isService = map.Text("kind") is "Service" || (map.Text("kind").Length == 0 && field is "service" or "services" or "backendRefs" or "backendRef");
        var name = map.Text("name");
        return isService && name.Length > 0 ? [new("", "Service", map.Text("namespace") is { Length: > 0 } other ? other : key.Namespace, name)] : [];
    }

    private static ObjectKey ByDnsName(string host, ObjectKey key) =>
        host.Split('.') is [var name, var ns, ..] ? new("", "Service", ns, name) : new("", "Service", key.Namespace, host);

    /// <summary>Monitors and mesh policies select Services or pods; certificates and external secrets make the Secret that somebody mounts.</summary>
    private IEnumerable<ObjectKey> HostsOfAddOn(JsonObject o, ObjectKey key)
    {
        var selector = SelectorFields.Select(field => o.At("spec", field)).FirstOrDefault(found => found is not null);
        var selected = selector switch
        {
            JsonObject labels when labels.ContainsKey("matchLabels") || labels.ContainsKey("matchExpressions") => Selected(o, key, l => Selectors.Matches(labels, l)),
            JsonObject { Count: > 0 } pairs => Selected(o, key, labels => Selectors.SelectsAll(pairs, labels)),
            JsonObject or JsonValue => Pods(key.Namespace, _ => true),
            _ => [],
        };
        return [.. selected, .. MadeSecrets(o, key)];
    }

    private IEnumerable<ObjectKey> Selected(JsonObject o, ObjectKey key, Func<IReadOnlyDictionary<string, string>, bool> selects)
    {
        var anywhere = o.At("spec", "namespaceSelector", "any")?.ToJsonString() == "true" || key.Namespace.Length == 0;
        HashSet<string> namespaces = [.. o.Texts("spec", "namespaceSelector", "matchNames")];
        bool Within(string ns) => anywhere || (namespaces.Count == 0 ? ns == key.Namespace : namespaces.Contains(ns));
        return
        [
            .. services.Where(service => Within(service.Key.Namespace) && selects(service.Labels)).Select(service => service.Key),
            .. workloads.Where(same => Within(same.Key)).SelectMany(same => same).Where(workload => selects(workload.PodLabels)).Select(workload => workload.Key),
        ];
    }

    private static IEnumerable<ObjectKey> MadeSecrets(JsonObject o, ObjectKey key) => key.Kind switch
    {
        "Certificate" => [new("", "Secret", key.Namespace, o.Text("spec", "secretName"))],
        "ExternalSecret" => [new("", "Secret", key.Namespace, o.Text("spec", "target", "name") is { Length: > 0 } name ? name : key.Name)],
        "SealedSecret" => [new("", "Secret", key.Namespace, o.Text("spec", "template", "metadata", "name") is { Length: > 0 } name ? name : key.Name)],
        _ => [],
    };
}
