using System.Collections.Frozen;
using System.Text.Json.Nodes;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Protocol;

/// <summary>What <c>kubectl get</c> shows of Kubernetes' own kinds.</summary>
internal static class BuiltInColumns
{
    public static readonly Column Name = new("Name", "string", (o, _) => o.Str("metadata", "name"));
    public static readonly Column Age = new("Age", "string", (o, now) => Durations.Since(o.Str("metadata", "creationTimestamp"), now));
    private static readonly Column CreatedAt = new("Created At", "date", (o, _) => o.Str("metadata", "creationTimestamp"));
    private static readonly Column Containers = Wide("Containers", o => Joined(Pod(o).Arr("containers"), c => c.Str("name")));
    private static readonly Column Images = Wide("Images", o => Joined(Pod(o).Arr("containers"), c => c.Str("image")));
    private static readonly Column Selector = Wide("Selector", o => LabelSelector.From(o.Obj("spec", "selector"))?.ToString() ?? "<none>");

    private static readonly Column[] Plain = [Name, Age];

    private static readonly FrozenDictionary<string, Column[]> Known = new Dictionary<string, Column[]>
    {
        ["pods"] =
        [
            Name, Text("Ready", PodCells.Ready), Text("Status", PodCells.Status), Text("Restarts", o => PodCells.Restarts(o)), Age,
            Wide("IP", o => o.Str("status", "podIP") ?? "<none>"), Wide("Node", o => o.Str("spec", "nodeName") ?? "<none>"),
            Wide("Nominated Node", o => o.Str("status", "nominatedNodeName") ?? "<none>"), Wide("Readiness Gates", _ => "<none>"),
        ],
        ["deployments.apps"] =
        [
            Name, Text("Ready", o => $"{Status(o, "readyReplicas")}/{Spec(o, "replicas")}"), Number("Up-to-date", o => Status(o, "updatedReplicas")),
            Number("Available", o => Status(o, "availableReplicas")), Age, Containers, Images, Selector,
        ],
        ["replicasets.apps"] =
        [
            Name, Number("Desired", o => Spec(o, "replicas")), Number("Current", o => Status(o, "replicas")),
            Number("Ready", o => Status(o, "readyReplicas")), Age, Containers, Images, Selector,
        ],
        ["replicationcontrollers"] =
        [
            Name, Number("Desired", o => Spec(o, "replicas")), Number("Current", o => Status(o, "replicas")),
            Number("Ready", o => Status(o, "readyReplicas")), Age, Containers, Images,
        ],
        ["statefulsets.apps"] = [Name, Text("Ready", o => $"{Status(o, "readyReplicas")}/{Spec(o, "replicas")}"), Age, Containers, Images],
        ["daemonsets.apps"] =
        [
            Name, Number("Desired", o => Status(o, "desiredNumberScheduled")), Number("Current", o => Status(o, "currentNumberScheduled")),
            Number("Ready", o => Status(o, "numberReady")), Number("Up-to-date", o => Status(o, "updatedNumberScheduled")),
            Number("Available", o => Status(o, "numberAvailable")), Text("Node Selector", o => Labels(Pod(o).Obj("nodeSelector"))), Age,
            Containers, Images, Selector,
        ],
        ["jobs.batch"] =
        [
            Name, Text("Status", JobStatus), Text("Completions", o => $"{Status(o, "succeeded")}/{o.Int("spec", "completions") ?? 1}"),
            new Column("Duration", "string", (o, now) => o.Str("status", "startTime") is { } start
                ? Durations.Since(start, Instant(o.Str("status", "completionTime")) ?? now) : ""),
            Age, Containers, Images, Selector,
        ],
        ["cronjobs.batch"] =
        [
            Name, Text("Schedule", o => o.Str("spec", "schedule")), Text("Timezone", o => o.Str("spec", "timeZone") ?? "<none>"),
            Text("Suspend", o => o.Bool("spec", "suspend") == true ? "True" : "False"), Number("Active", o => o.Arr("status", "active")?.Count ?? 0),
            new Column("Last Schedule", "string", (o, now) => o.Str("status", "lastScheduleTime") is { } last ? Durations.Since(last, now) : "<none>"), Age,
        ],
        ["services"] =
        [
            Name, Text("Type", o => o.Str("spec", "type")), Text("Cluster-IP", o => o.Str("spec", "clusterIP") ?? "<none>"),
            Text("External-IP", ExternalIp), Text("Port(s)", Ports), Age, Wide("Selector", o => Labels(o.Obj("spec", "selector"))),
        ],
        ["configmaps"] = [Name, Number("Data", o => (o.Obj("data")?.Count ?? 0) + (o.Obj("binaryData")?.Count ?? 0)), Age],
        ["secrets"] = [Name, Text("Type", o => o.Str("type")), Number("Data", o => o.Obj("data")?.Count ?? 0), Age],
        ["serviceaccounts"] = [Name, Number("Secrets", o => o.Arr("secrets")?.Count ?? 0), Age],
        ["namespaces"] = [Name, Text("Status", o => o.Str("status", "phase")), Age],
        ["nodes"] =
        [
            Name, Text("Status", NodeStatus), Text("Roles", Roles), Age, Text("Version", o => o.Str("status", "nodeInfo", "kubeletVersion")),
            Wide("Internal-IP", o => (o.Arr("status", "addresses") ?? []).FirstOrDefault(a => a.Str("type") == "InternalIP").Str("address") ?? "<none>"),
            Wide("OS-Image", o => o.Str("status", "nodeInfo", "osImage") ?? "<unknown>"),
        ],
        ["persistentvolumeclaims"] =
        [
            Name, Text("Status", o => o.Str("status", "phase")), Text("Volume", o => o.Str("spec", "volumeName") ?? ""),
            Text("Capacity", o => o.Str("status", "capacity", "storage") ?? ""), Text("Access Modes", o => AccessModes(o.Arr("status", "accessModes"))),
            Text("StorageClass", o => o.Str("spec", "storageClassName") ?? ""), Text("VolumeAttributesClass", o => o.Str("spec", "volumeAttributesClassName") ?? "<unset>"), Age,
            Wide("VolumeMode", o => o.Str("spec", "volumeMode")),
        ],
        ["persistentvolumes"] =
        [
            Name, Text("Capacity", o => o.Str("spec", "capacity", "storage")), Text("Access Modes", o => AccessModes(o.Arr("spec", "accessModes"))),
            Text("Reclaim Policy", o => o.Str("spec", "persistentVolumeReclaimPolicy")), Text("Status", o => o.Str("status", "phase")),
            Text("Claim", o => o.Obj("spec", "claimRef") is { } c ? $"{c.Str("namespace")}/{c.Str("name")}" : ""),
            Text("StorageClass", o => o.Str("spec", "storageClassName") ?? ""), Text("VolumeAttributesClass", _ => "<unset>"), Text("Reason", o => o.Str("status", "reason") ?? ""), Age,
        ],
        ["endpoints"] =
        [
            Name, Text("Endpoints", o => Joined(new JsonArray([.. (o.Arr("subsets") ?? []).SelectMany(s => (s.Arr("addresses") ?? []).SelectMany(a =>
                (s.Arr("ports") ?? []).Select(p => (JsonNode)$"{a.Str("ip")}:{p.Int("port")}")))]), s => s.Str())), Age,
        ],
        ["endpointslices.discovery.k8s.io"] =
        [
            Name, Text("AddressType", o => o.Str("addressType")), Text("Ports", o => Joined(o.Arr("ports"), p => p.Int("port")?.ToString())),
            Text("Endpoints", o => Joined(new JsonArray([.. (o.Arr("endpoints") ?? []).SelectMany(e => e.Arr("addresses") ?? []).Select(a => a?.DeepClone())]), a => a.Str())), Age,
        ],
        ["events"] =
        [
            new Column("Last Seen", "string", (o, now) => Durations.Since(o.Str("lastTimestamp") ?? o.Str("eventTime") ?? o.Str("metadata", "creationTimestamp"), now)),
            Text("Type", o => o.Str("type")), Text("Reason", o => o.Str("reason")),
            Text("Object", o => $"{o.Str("involvedObject", "kind")?.ToLowerInvariant()}/{o.Str("involvedObject", "name")}"),
            Wide("Subobject", o => o.Str("involvedObject", "fieldPath") ?? ""), Wide("Source", o => o.Str("source", "component") ?? o.Str("reportingComponent") ?? ""),
            Text("Message", o => o.Str("message")?.Trim()),
            new Column("First Seen", "string", (o, now) => Durations.Since(o.Str("firstTimestamp") ?? o.Str("eventTime") ?? o.Str("metadata", "creationTimestamp"), now), 1),
            Wide("Count", o => (o.Int("count") ?? 1).ToString(System.Globalization.CultureInfo.InvariantCulture)), Wide("Name", o => o.Str("metadata", "name")),
        ],
        ["networkpolicies.networking.k8s.io"] = [Name, Text("Pod-Selector", o => LabelSelector.From(o.Obj("spec", "podSelector"))?.ToString() is { Length: > 0 } s ? s : "<none>"), Age],
        ["ingresses.networking.k8s.io"] =
        [
            Name, Text("Class", o => o.Str("spec", "ingressClassName") ?? "<none>"), Text("Hosts", o => Joined(o.Arr("spec", "rules"), r => r.Str("host") ?? "*") is { Length: > 0 } h ? h : "*"),
            Text("Address", o => Joined(o.Arr("status", "loadBalancer", "ingress"), i => i.Str("ip") ?? i.Str("hostname"))),
            Text("Ports", o => o.Arr("spec", "tls") is { Count: > 0 } ? "80, 443" : "80"), Age,
        ],
        ["horizontalpodautoscalers.autoscaling"] =
        [
            Name, Text("Reference", o => $"{o.Str("spec", "scaleTargetRef", "kind")}/{o.Str("spec", "scaleTargetRef", "name")}"), Text("Targets", Targets),
            Text("MinPods", o => $"{o.Int("spec", "minReplicas")}"), Number("MaxPods", o => Spec(o, "maxReplicas")), Number("Replicas", o => Status(o, "currentReplicas")), Age,
        ],
        ["poddisruptionbudgets.policy"] =
        [
            Name, Text("Min Available", o => Plainly(o.At("spec", "minAvailable"))), Text("Max Unavailable", o => Plainly(o.At("spec", "maxUnavailable"))),
            Number("Allowed Disruptions", o => Status(o, "disruptionsAllowed")), Age,
        ],
        ["roles.rbac.authorization.k8s.io"] = [Name, CreatedAt],
        ["clusterroles.rbac.authorization.k8s.io"] = [Name, CreatedAt],
        ["rolebindings.rbac.authorization.k8s.io"] = [Name, Text("Role", Role), Age, Wide("ServiceAccounts", Accounts)],
        ["clusterrolebindings.rbac.authorization.k8s.io"] = [Name, Text("Role", Role), Age, Wide("ServiceAccounts", Accounts)],
        ["storageclasses.storage.k8s.io"] =
        [
            new Column("Name", "string", (o, _) => o.Str("metadata", "name") + (o.Str("metadata", "annotations", "storageclass.kubernetes.io/is-default-class") == "true" ? " (default)" : "")),
            Text("Provisioner", o => o.Str("provisioner")), Text("ReclaimPolicy", o => o.Str("reclaimPolicy")),
            Text("VolumeBindingMode", o => o.Str("volumeBindingMode")), Text("AllowVolumeExpansion", o => o.Bool("allowVolumeExpansion") == true ? "true" : "false"), Age,
        ],
        ["customresourcedefinitions.apiextensions.k8s.io"] = [Name, CreatedAt],
        ["leases.coordination.k8s.io"] = [Name, Text("Holder", o => o.Str("spec", "holderIdentity") ?? ""), Age],
        ["priorityclasses.scheduling.k8s.io"] =
        [
            Name, Number("Value", o => o.Int("value") ?? 0), Text("Global-Default", o => o.Bool("globalDefault") == true ? "true" : "false"), Age,
        ],
        ["resourcequotas"] = [Name, Text("Request", o => Used(o, "requests.")), Text("Limit", o => Used(o, "limits.")), Age],
        ["limitranges"] = [Name, CreatedAt],
    }.ToFrozenDictionary();

    /// <summary>The columns of a kind.</summary>
    public static Column[] Of(ResourceType type) => Known.GetValueOrDefault(type.GroupResource, Plain);

    private static Column Text(string name, Func<JsonObject, string?> value) => new(name, "string", (o, _) => value(o));

    private static Column Wide(string name, Func<JsonObject, string?> value) => new(name, "string", (o, _) => value(o), 1);

    private static Column Number(string name, Func<JsonObject, long> value) => new(name, "integer", (o, _) => value(o));

    private static long Status(JsonObject o, string field) => o.Int("status", field) ?? 0;

    private static long Spec(JsonObject o, string field) => o.Int("spec", field) ?? 0;

    private static JsonObject? Pod(JsonObject o) => o.Obj("spec", "template", "spec");

    private static string Joined(JsonArray? items, Func<JsonNode?, string?> value) => string.Join(",", (items ?? []).Select(value).Where(v => v is not null));

    private static string Labels(JsonObject? labels) =>
        labels is { Count: > 0 } ? string.Join(",", labels.Select(l => $"{l.Key}={l.Value.Str()}").Order(StringComparer.Ordinal)) : "<none>";

    private static string Plainly(JsonNode? value) => value is null ? "N/A" : value.Str() ?? value.ToJsonString();

    private static DateTimeOffset? Instant(string? time) =>
        time is null ? null : DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);

    private static string JobStatus(JsonObject o)
    {
        bool Is(string condition) => (o.Arr("status", "conditions") ?? []).Any(c => c.Str("type") == condition && c.Str("status") == "True");
        return Is("Complete") ? "Complete" : Is("Failed") ? "Failed" : o.At("metadata", "deletionTimestamp") is not null ? "Terminating"
            : Is("Suspended") ? "Suspended" : Is("FailureTarget") ? "FailureTarget" : Is("SuccessCriteriaMet") ? "SuccessCriteriaMet" : "Running";
    }

    private static string ExternalIp(JsonObject o) => o.Str("spec", "type") switch
    {
        "ExternalName" => o.Str("spec", "externalName") ?? "",
        "LoadBalancer" => Joined(o.Arr("status", "loadBalancer", "ingress"), i => i.Str("ip") ?? i.Str("hostname")) is { Length: > 0 } ip ? ip : "<pending>",
        _ => Joined(o.Arr("spec", "externalIPs"), i => i.Str()) is { Length: > 0 } ip ? ip : "<none>",
    };

    private static string Ports(JsonObject o) => Joined(o.Arr("spec", "ports"),
        p => p.Int("nodePort") is { } node and > 0 ? $"{p.Int("port")}:{node}/{p.Str("protocol")}" : $"{p.Int("port")}/{p.Str("protocol")}") is { Length: > 0 } ports ? ports : "<none>";

    private static string NodeStatus(JsonObject o)
    {
        var ready = (o.Arr("status", "conditions") ?? []).FirstOrDefault(c => c.Str("type") == "Ready").Str("status") switch { "True" => "Ready", null => "Unknown", _ => "NotReady" };
        return o.Bool("spec", "unschedulable") == true ? ready + ",SchedulingDisabled" : ready;
    }

    private static string Roles(JsonObject o)
    {
        const string prefix = "node-role.kubernetes.io/";
        var roles = (o.Obj("metadata", "labels") ?? []).Select(l => l.Key).Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Select(k => k[prefix.Length..]).Order(StringComparer.Ordinal);
        return string.Join(",", roles) is { Length: > 0 } text ? text : "<none>";
    }

    private static string AccessModes(JsonArray? modes) => Joined(modes, m => m.Str() switch
    {
        "ReadWriteOnce" => "RWO",
        "ReadOnlyMany" => "ROX",
        "ReadWriteMany" => "RWX",
        "ReadWriteOncePod" => "RWOP",
        var other => other,
    });

    private static string Targets(JsonObject o) => Joined(o.Arr("spec", "metrics"), m =>
        $"{m.Str("resource", "name") ?? "external"}: <unknown>/{(m.Int("resource", "target", "averageUtilization") is { } share ? $"{share}%" : m.Str("resource", "target", "averageValue") ?? "auto")}")
        is { Length: > 0 } text ? text : "<none>";

    private static string Role(JsonObject o) => $"{o.Str("roleRef", "kind")}/{o.Str("roleRef", "name")}";

    private static string Accounts(JsonObject o) =>
        Joined(new JsonArray([.. (o.Arr("subjects") ?? []).Where(s => s.Str("kind") == "ServiceAccount").Select(s => s?.DeepClone())]), s => $"{s.Str("namespace")}/{s.Str("name")}");

    private static string Used(JsonObject o, string prefix) => string.Join(", ", (o.Obj("spec", "hard") ?? [])
        .Where(h => h.Key.StartsWith("limits.", StringComparison.Ordinal) == (prefix == "limits."))
        .Select(h => $"{h.Key}: {Plainly(o.At("status", "used", h.Key) ?? "0")}/{Plainly(h.Value)}"));
}
