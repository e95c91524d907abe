using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Admission;

/// <summary>What the API server fills into Kubernetes' own kinds.</summary>
internal static class BuiltInDefaults
{
    /// <summary>Completes an object before it is checked; <paramref name="before"/> is null on creation.</summary>
    public static void Complete(ResourceType type, JsonObject json, JsonObject? before)
    {
        var spec = json.Obj("spec");
        switch (type.GroupResource)
        {
            case "pods" when spec is not null:
                PodSpec(spec);
                if (before is null)
                {
                    OfNewPod(json, spec);
                }
                break;
            case "deployments.apps" when spec is not null:
                Set(spec, ("replicas", 1), ("revisionHistoryLimit", 10), ("progressDeadlineSeconds", 600));
                Rolling(spec, "strategy", "RollingUpdate", ("maxUnavailable", "25%"), ("maxSurge", "25%"));
                Template(spec);
                break;
            case "statefulsets.apps" when spec is not null:
                OfStatefulSet(spec);
                break;
            case "daemonsets.apps" when spec is not null:
                Set(spec, ("revisionHistoryLimit", 10));
                Rolling(spec, "updateStrategy", "RollingUpdate", ("maxUnavailable", 1), ("maxSurge", 0));
                Template(spec);
                break;
            case "replicasets.apps" or "replicationcontrollers" when spec is not null:
                Set(spec, ("replicas", 1));
                Template(spec);
                break;
            case "jobs.batch" when spec is not null:
                OfJob(json, spec, before);
                break;
            case "cronjobs.batch" when spec is not null:
                Set(spec, ("concurrencyPolicy", "Allow"), ("suspend", false), ("successfulJobsHistoryLimit", 3), ("failedJobsHistoryLimit", 1));
                Template(spec.Obj("jobTemplate", "spec"));
                break;
            case "services" when spec is not null:
                ServiceDefaults.Complete(json, spec, before);
                break;
            case "persistentvolumeclaims" when spec is not null:
                Claim(spec);
                SetStatus(json, before, "Pending");
                break;
            case "persistentvolumes" when spec is not null:
                Set(spec, ("volumeMode", "Filesystem"), ("persistentVolumeReclaimPolicy", "Retain"));
                SetStatus(json, before, "Pending");
                break;
            case "secrets":
                OfSecret(json);
                break;
            case "namespaces":
                OfNamespace(json, before);
                break;
            case "horizontalpodautoscalers.autoscaling" when spec is not null:
                Set(spec, ("minReplicas", 1));
                if (spec.Arr("metrics") is not { Count: > 0 })
                {
                    spec["metrics"] = JsonNode.Parse("""[{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":80}}}]""");
                }
                break;
            case "networkpolicies.networking.k8s.io" when spec is not null:
                OfNetworkPolicy(spec);
                break;
            case "rolebindings.rbac.authorization.k8s.io" or "clusterrolebindings.rbac.authorization.k8s.io":
                OfBinding(json);
                break;
            case "storageclasses.storage.k8s.io":
                Set(json, ("reclaimPolicy", "Delete"), ("volumeBindingMode", "Immediate"));
                break;
            case "priorityclasses.scheduling.k8s.io":
                Set(json, ("preemptionPolicy", "PreemptLowerPriority"));
                break;
            case "customresourcedefinitions.apiextensions.k8s.io" when spec is not null:
                OfDefinition(spec);
                break;
            case "endpoints":
                foreach (var port in (json.Arr("subsets") ?? []).SelectMany(s => s.Arr("ports") ?? []).OfType<JsonObject>())
                {
                    Set(port, ("protocol", "TCP"));
                }
                break;
        }
    }

    /// <summary>Sets fields that are missing.</summary>
    public static void Set(JsonObject json, params ReadOnlySpan<(string Name, JsonNode Value)> defaults)
    {
        foreach (var (name, value) in defaults)
        {
            if (json[name] is null)
            {
                json[name] = value;
            }
        }
    }

    private static void Template(JsonObject? spec)
    {
        if (spec.Obj("template", "spec") is { } pod)
        {
            PodSpec(pod);
        }
    }

    private static void Rolling(JsonObject spec, string name, string type, params ReadOnlySpan<(string Name, JsonNode Value)> defaults)
    {
        var strategy = spec.Need(name);
        Set(strategy, ("type", type));
        if (strategy.Str("type") == "RollingUpdate")
        {
            Set(strategy.Need("rollingUpdate"), defaults);
        }
    }

    private static void PodSpec(JsonObject spec)
    {
        Set(spec, ("restartPolicy", "Always"), ("dnsPolicy", "ClusterFirst"), ("terminationGracePeriodSeconds", 30),
            ("securityContext", new JsonObject()), ("schedulerName", "default-scheduler"));
        if ((spec.Str("serviceAccountName") ?? spec.Str("serviceAccount")) is { } account)
        {
            spec["serviceAccountName"] = account;
            spec["serviceAccount"] = account;
        }
        foreach (var list in (ReadOnlySpan<string>)["initContainers", "containers"])
        {
            foreach (var container in (spec.Arr(list) ?? []).OfType<JsonObject>())
            {
                Container(container);
            }
        }
        foreach (var volume in (spec.Arr("volumes") ?? []).OfType<JsonObject>())
        {
            Volume(volume);
        }
    }

    private static void Container(JsonObject container)
    {
        var image = container.Str("image") ?? "";
        var tag = image[(image.LastIndexOf('/') + 1)..];
        var moving = !tag.Contains('@', StringComparison.Ordinal) && (!tag.Contains(':', StringComparison.Ordinal) || tag.EndsWith(":latest", StringComparison.Ordinal));
        Set(container, ("terminationMessagePath", "/dev/termination-log"), ("terminationMessagePolicy", "File"),
            ("imagePullPolicy", moving ? "Always" : "IfNotPresent"), ("resources", new JsonObject()));
        if (container.Obj("resources", "limits") is { } limits)
        {
            foreach (var (name, quantity) in limits)
            {
                Set(container.Obj("resources")!.Need("requests"), (name, quantity!.DeepClone()));
            }
        }
        foreach (var port in (container.Arr("ports") ?? []).OfType<JsonObject>())
        {
            Set(port, ("protocol", "TCP"));
        }
        foreach (var field in (container.Arr("env") ?? []).Select(e => e.Obj("valueFrom", "fieldRef")).OfType<JsonObject>())
        {
            Set(field, ("apiVersion", "v1"));
        }
        foreach (var name in (ReadOnlySpan<string>)["livenessProbe", "readinessProbe", "startupProbe"])
        {
            if (container.Obj(name) is not { } probe)
            {
                continue;
            }
            Set(probe, ("timeoutSeconds", 1), ("periodSeconds", 10), ("successThreshold", 1), ("failureThreshold", 3));
            if (probe.Obj("httpGet") is { } get)
            {
                Set(get, ("path", "/"), ("scheme", "HTTP"));
            }
        }
    }

    private static void Volume(JsonObject volume)
    {
        foreach (var source in (ReadOnlySpan<string>)["secret", "configMap", "projected", "downwardAPI"])
        {
            if (volume.Obj(source) is { } mounted)
            {
                Set(mounted, ("defaultMode", 420));
            }
        }
        if (volume.Obj("hostPath") is { } host)
        {
            Set(host, ("type", ""));
        }
        foreach (var token in (volume.Arr("projected", "sources") ?? []).Select(s => s.Obj("serviceAccountToken")).OfType<JsonObject>())
        {
            Set(token, ("expirationSeconds", 3600));
        }
        if (volume.Count == 1)
        {
            volume["emptyDir"] = new JsonObject();
        }
    }

    private static void OfNewPod(JsonObject json, JsonObject spec)
    {
        Set(spec, ("serviceAccountName", "default"), ("serviceAccount", "default"), ("enableServiceLinks", true), ("priority", 0), ("preemptionPolicy", "PreemptLowerPriority"));
        if (spec["tolerations"] is null)
        {
            spec["tolerations"] = JsonNode.Parse("""
                [{"key":"node.kubernetes.io/not-ready","operator":"Exists","effect":"NoExecute","tolerationSeconds":300},
                 {"key":"node.kubernetes.io/unreachable","operator":"Exists","effect":"NoExecute","tolerationSeconds":300}]
                """);
        }
        json["status"] = new JsonObject { ["phase"] = "Pending", ["qosClass"] = QualityOf(spec) };
    }

    private static string QualityOf(JsonObject spec)
    {
        var resources = (spec.Arr("containers") ?? []).Select(c => c.Obj("resources")).ToList();
        if (resources.TrueForAll(r => r.Obj("limits") is null && r.Obj("requests") is null))
        {
            return "BestEffort";
        }
        return resources.TrueForAll(r => r.At("limits", "cpu") is not null && r.At("limits", "memory") is not null && Json.Same(r.Obj("limits"), r.Obj("requests")))
            ? "Guaranteed" : "Burstable";
    }

    private static void OfStatefulSet(JsonObject spec)
    {
        Set(spec, ("replicas", 1), ("revisionHistoryLimit", 10), ("podManagementPolicy", "OrderedReady"));
        Rolling(spec, "updateStrategy", "RollingUpdate", ("partition", 0));
        Set(spec.Need("persistentVolumeClaimRetentionPolicy"), ("whenDeleted", "Retain"), ("whenScaled", "Retain"));
        Template(spec);
        foreach (var claim in (spec.Arr("volumeClaimTemplates") ?? []).OfType<JsonObject>())
        {
            Set(claim, ("apiVersion", "v1"), ("kind", "PersistentVolumeClaim"));
            Claim(claim.Need("spec"));
            Set(claim.Need("status"), ("phase", "Pending"));
        }
    }

    private static void Claim(JsonObject spec) => Set(spec, ("volumeMode", "Filesystem"));

    private static void SetStatus(JsonObject json, JsonObject? before, string phase)
    {
        if (before is null)
        {
            json["status"] = new JsonObject { ["phase"] = phase };
        }
    }

    private static void OfJob(JsonObject json, JsonObject spec, JsonObject? before)
    {
        if (spec["completions"] is null && spec["parallelism"] is null)
        {
            Set(spec, ("completions", 1));
        }
        Set(spec, ("parallelism", 1), ("backoffLimit", 6), ("completionMode", "NonIndexed"), ("suspend", false), ("manualSelector", false));
        Set(spec, ("podReplacementPolicy", spec["podFailurePolicy"] is null ? "TerminatingOrFailed" : "Failed"));
        Template(spec);
        if (before is null && spec.Bool("manualSelector") != true && spec.Obj("template") is { } template)
        {
            var (uid, name) = (json.Str("metadata", "uid")!, json.Str("metadata", "name")!);
            var labels = template.Need("metadata").Need("labels");
            labels["batch.kubernetes.io/controller-uid"] = uid;
            labels["batch.kubernetes.io/job-name"] = name;
            labels["controller-uid"] = uid;
            labels["job-name"] = name;
            spec["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["batch.kubernetes.io/controller-uid"] = uid } };
        }
    }

    private static void OfSecret(JsonObject json)
    {
        Set(json, ("type", "Opaque"));
        if (json.Obj("stringData") is { } texts)
        {
            var data = json.Need("data");
            foreach (var (name, text) in texts)
            {
                data[name] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text?.GetValueKind() == JsonValueKind.String ? text.GetValue<string>() : ""));
            }
            json.Remove("stringData");
        }
    }

    private static void OfNamespace(JsonObject json, JsonObject? before)
    {
        var meta = json.Obj("metadata")!;
        meta.Need("labels")["kubernetes.io/metadata.name"] = meta.Str("name");
        if (before is null)
        {
            json["spec"] = new JsonObject { ["finalizers"] = new JsonArray("kubernetes") };
            json["status"] = new JsonObject { ["phase"] = "Active" };
        }
    }

    private static void OfNetworkPolicy(JsonObject spec)
    {
        Set(spec, ("policyTypes", spec.Arr("egress") is { Count: > 0 } ? new JsonArray("Ingress", "Egress") : new JsonArray("Ingress")));
        foreach (var port in (spec.Arr("ingress") ?? []).Concat(spec.Arr("egress") ?? []).SelectMany(r => r.Arr("ports") ?? []).OfType<JsonObject>())
        {
            Set(port, ("protocol", "TCP"));
        }
    }

    private static void OfBinding(JsonObject json)
    {
        if (json.Obj("roleRef") is { } role)
        {
            Set(role, ("apiGroup", "rbac.authorization.k8s.io"));
        }
        foreach (var subject in (json.Arr("subjects") ?? []).OfType<JsonObject>().Where(s => s.Str("kind") is "User" or "Group"))
        {
            Set(subject, ("apiGroup", "rbac.authorization.k8s.io"));
        }
    }

    private static void OfDefinition(JsonObject spec)
    {
        Set(spec.Need("conversion"), ("strategy", "None"));
        if (spec.Obj("names") is { } names && names.Str("kind") is { } kind)
        {
            Set(names, ("singular", kind.ToLowerInvariant()), ("listKind", kind + "List"));
        }
    }
}
