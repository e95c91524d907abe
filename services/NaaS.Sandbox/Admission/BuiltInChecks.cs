using System.Text.Json.Nodes;
using NaaS.Sandbox.Schemas;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Admission;

/// <summary>The refusals of the API server for Kubernetes' own kinds that charts run into.</summary>
internal static class BuiltInChecks
{
    private static readonly string[] StatefulSetMutable =
        ["replicas", "ordinals", "template", "updateStrategy", "revisionHistoryLimit", "persistentVolumeClaimRetentionPolicy", "minReadySeconds"];

    /// <summary>What is wrong with an object; empty if nothing is.</summary>
    public static List<FieldError> Check(ResourceType type, Schema schema, JsonObject json, JsonObject? before)
    {
        var errors = new List<FieldError>();
        Required(schema, json, "", errors);
        var spec = json.Obj("spec");
        switch (type.GroupResource)
        {
            case "deployments.apps" or "daemonsets.apps" or "replicasets.apps" or "statefulsets.apps":
                Selected(spec, errors);
                NotNegative(spec, "replicas", errors);
                Pod(spec.Obj("template", "spec"), "spec.template.spec", "Always", errors, spec.Arr("volumeClaimTemplates"));
                Immutable(json, before, errors, "selector");
                break;
            case "jobs.batch":
                Selected(spec, errors);
                NotNegative(spec, "parallelism", errors);
                Pod(spec.Obj("template", "spec"), "spec.template.spec", "OnFailure,Never", errors);
                Immutable(json, before, errors, "selector", "template", "completionMode");
                break;
            case "cronjobs.batch":
                Pod(spec.Obj("jobTemplate", "spec", "template", "spec"), "spec.jobTemplate.spec.template.spec", "OnFailure,Never", errors);
                break;
            case "pods":
                Pod(spec, "spec", "Always,OnFailure,Never", errors);
                PodUpdate(json, before, errors);
                break;
            case "services":
                Service(spec, before.Obj("spec"), errors);
                break;
            case "persistentvolumeclaims":
                Claim(spec, before.Obj("spec"), errors);
                break;
            case "configmaps" or "secrets":
                Data(type, json, before, errors);
                break;
            case "rolebindings.rbac.authorization.k8s.io" or "clusterrolebindings.rbac.authorization.k8s.io":
                if (before is not null && !Json.Same(before["roleRef"], json["roleRef"]))
                {
                    errors.Add(FieldError.Invalid("roleRef", json["roleRef"], "cannot change roleRef"));
                }
                break;
        }
        if (type == Kinds.StatefulSets && before is not null && Without(spec, StatefulSetMutable) is var now
            && Without(before.Obj("spec"), StatefulSetMutable) is var old && !Json.Same(now, old))
        {
            errors.RemoveAll(e => e.Field == "spec.selector");
            errors.Add(FieldError.Forbidden("spec", "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden"));
        }
        return errors;
    }

    private static JsonObject Without(JsonObject? spec, string[] fields)
    {
        var copy = spec?.Copy() ?? [];
        foreach (var field in fields)
        {
            copy.Remove(field);
        }
        return copy;
    }

    private static void Required(Schema schema, JsonNode? node, string at, List<FieldError> errors)
    {
        switch (node)
        {
            case JsonObject map when schema.Type == SchemaType.Object:
                foreach (var name in schema.Required)
                {
                    if (map[name] is null || map.Str(name) == "" || map.Arr(name) is { Count: 0 })
                    {
                        errors.Add(FieldError.Required(at.Length == 0 ? name : $"{at}.{name}"));
                    }
                }
                foreach (var (name, value) in map)
                {
                    if (schema.Fields.TryGetValue(name, out var field))
                    {
                        Required(field, value, at.Length == 0 ? name : $"{at}.{name}", errors);
                    }
                }
                break;
            case JsonObject map when schema.Type == SchemaType.Map:
                foreach (var (name, value) in map)
                {
                    Required(schema.Items, value, $"{at}.{name}", errors);
                }
                break;
            case JsonArray list when schema.Type == SchemaType.List:
                for (var i = 0; i < list.Count; i++)
                {
                    Required(schema.Items, list[i], $"{at}[{i}]", errors);
                }
                break;
        }
    }

    private static void Selected(JsonObject? spec, List<FieldError> errors)
    {
        if (spec is null || spec.Obj("selector") is not { } selector)
        {
            return;
        }
        var labels = spec.Obj("template", "metadata", "labels");
        var flat = (labels ?? []).ToDictionary(l => l.Key, l => l.Value.Str() ?? "", StringComparer.Ordinal);
        if (selector.Count == 0 || (selector.Obj("matchLabels") is not { Count: > 0 } && selector.Arr("matchExpressions") is not { Count: > 0 }))
        {
            errors.Add(FieldError.Invalid("spec.selector", selector, "empty selector is invalid for deployment"));
        }
        if (LabelSelector.From(selector) is { } wanted && !wanted.Matches(flat))
        {
            errors.Add(FieldError.Invalid("spec.template.metadata.labels", labels, "`selector` does not match template `labels`"));
        }
    }

    private static void NotNegative(JsonObject? spec, string field, List<FieldError> errors)
    {
        if (spec.Int(field) < 0)
        {
            errors.Add(FieldError.Invalid($"spec.{field}", spec![field], "must be greater than or equal to 0"));
        }
    }

    private static void Immutable(JsonObject json, JsonObject? before, List<FieldError> errors, params string[] fields)
    {
        foreach (var field in fields)
        {
            if (before is not null && !Json.Same(before.At("spec", field), json.At("spec", field)))
            {
                errors.Add(FieldError.Invalid($"spec.{field}", json.At("spec", field), "field is immutable"));
            }
        }
    }

    private static void Pod(JsonObject? spec, string at, string policies, List<FieldError> errors, JsonArray? claims = null)
    {
        if (spec is null)
        {
            return;
        }
        var names = new HashSet<string>(StringComparer.Ordinal);
        // A StatefulSet's claim templates become volumes of their names.
        var volumes = (spec.Arr("volumes") ?? []).Select(v => v.Str("name") ?? "")
            .Concat((claims ?? []).Select(c => c.Obj("metadata").Str("name") ?? ""))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var list in (ReadOnlySpan<string>)["initContainers", "containers"])
        {
            for (var i = 0; i < (spec.Arr(list)?.Count ?? 0); i++)
            {
                Container(spec.Arr(list)![i], $"{at}.{list}[{i}]", names, volumes, errors);
            }
        }
        var policy = spec.Str("restartPolicy") ?? "Always";
        if (!policies.Split(',').Contains(policy))
        {
            errors.Add(policies == "OnFailure,Never" && policy == "Always"
                ? FieldError.NotSupported($"{at}.restartPolicy", policy, ["OnFailure", "Never"])
                : FieldError.NotSupported($"{at}.restartPolicy", policy, policies.Split(',')));
        }
    }

    private static void Container(JsonNode? container, string at, HashSet<string> names, HashSet<string> volumes, List<FieldError> errors)
    {
        if (container.Str("image") is null or "")
        {
            errors.Add(FieldError.Required($"{at}.image"));
        }
        if (container.Str("name") is { } name && !names.Add(name))
        {
            errors.Add(FieldError.Duplicate($"{at}.name", name));
        }
        for (var i = 0; i < (container.Arr("ports")?.Count ?? 0); i++)
        {
            Port(container.Arr("ports")![i], "containerPort", $"{at}.ports[{i}]", errors);
        }
        for (var i = 0; i < (container.Arr("volumeMounts")?.Count ?? 0); i++)
        {
            if (container.Arr("volumeMounts")![i].Str("name") is { Length: > 0 } volume && !volumes.Contains(volume))
            {
                errors.Add(new FieldError("FieldValueNotFound", $"{at}.volumeMounts[{i}].name", $"Not found: \"{volume}\""));
            }
        }
        var resources = container.Obj("resources");
        foreach (var (resource, request) in resources.Obj("requests") ?? [])
        {
            if (resources.At("limits", resource) is { } limit && Quantity.Parse(request) > Quantity.Parse(limit))
            {
                errors.Add(FieldError.Invalid($"{at}.resources.requests", request, $"must be less than or equal to {resource} limit of {Quantity.Text(limit)}"));
            }
        }
    }

    private static void Port(JsonNode? port, string field, string at, List<FieldError> errors)
    {
        if (port.Int(field) is { } number && number is < 1 or > 65535)
        {
            errors.Add(FieldError.Invalid($"{at}.{field}", port.At(field), "must be between 1 and 65535, inclusive"));
        }
    }

    private static void PodUpdate(JsonObject json, JsonObject? before, List<FieldError> errors)
    {
        if (before is null || before.Str("spec", "nodeName") is null && json.Str("spec", "nodeName") is not null)
        {
            return;
        }
        var (old, now) = (Comparable(before), Comparable(json));
        if (!Json.Same(old, now))
        {
            errors.Add(FieldError.Forbidden("spec", "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)"));
        }

        static JsonObject Comparable(JsonObject pod)
        {
            var spec = Without(pod.Obj("spec"), ["activeDeadlineSeconds", "tolerations", "terminationGracePeriodSeconds", "schedulingGates"]);
            foreach (var container in (spec.Arr("containers") ?? []).Concat(spec.Arr("initContainers") ?? []).OfType<JsonObject>())
            {
                container.Remove("image");
            }
            return spec;
        }
    }

    private static void Service(JsonObject? spec, JsonObject? before, List<FieldError> errors)
    {
        if (spec is null)
        {
            errors.Add(FieldError.Required("spec.ports"));
            return;
        }
        if (spec.Arr("ports") is not { Count: > 0 } && spec.Str("type") != "ExternalName" && spec.Str("clusterIP") != "None")
        {
            errors.Add(FieldError.Required("spec.ports"));
        }
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < (spec.Arr("ports")?.Count ?? 0); i++)
        {
            var port = spec.Arr("ports")![i];
            Port(port, "port", $"spec.ports[{i}]", errors);
            Port(port, "targetPort", $"spec.ports[{i}]", errors);
            if (spec.Arr("ports")!.Count > 1 && port.Str("name") is null or "")
            {
                errors.Add(FieldError.Required($"spec.ports[{i}].name"));
            }
            else if (port.Str("name") is { } name && !names.Add(name))
            {
                errors.Add(FieldError.Duplicate($"spec.ports[{i}].name", name));
            }
        }
        if (spec.Str("type") == "ExternalName" && spec.Str("externalName") is null or "")
        {
            errors.Add(FieldError.Required("spec.externalName"));
        }
        if (spec.Str("type") is { } type && type is not ("ClusterIP" or "NodePort" or "LoadBalancer" or "ExternalName"))
        {
            errors.Add(FieldError.NotSupported("spec.type", type, ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"]));
        }
        if (before.Str("clusterIP") is { Length: > 0 } old && spec.Str("type") != "ExternalName" && before.Str("type") != "ExternalName" && spec.Str("clusterIP") != old)
        {
            errors.Add(FieldError.Invalid("spec.clusterIPs[0]", new JsonArray(spec.Str("clusterIP")), "may not change once set"));
        }
    }

    private static void Claim(JsonObject? spec, JsonObject? before, List<FieldError> errors)
    {
        if (spec.Arr("accessModes") is not { Count: > 0 })
        {
            errors.Add(FieldError.Required("spec.accessModes", "at least 1 access mode is required"));
        }
        if (spec.At("resources", "requests", "storage") is null)
        {
            errors.Add(FieldError.Required("spec.resources[storage]"));
        }
        if (before is null)
        {
            return;
        }
        var bound = before.Str("volumeName") is not null;
        var (old, now) = (Without(before, ["resources", "volumeAttributesClassName"]), Without(spec, ["resources", "volumeAttributesClassName"]));
        if (!bound)
        {
            // Binding fills these in once.
            old.Remove("volumeName");
            now.Remove("volumeName");
            if (old["storageClassName"] is null)
            {
                now.Remove("storageClassName");
            }
        }
        if (!Json.Same(old, now))
        {
            errors.Add(FieldError.Forbidden("spec", "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims"));
        }
        else if (Quantity.Parse(spec.At("resources", "requests", "storage")) < Quantity.Parse(before.At("resources", "requests", "storage")))
        {
            errors.Add(FieldError.Forbidden("spec.resources.requests.storage", "field can not be less than status.capacity"));
        }
    }

    private static void Data(ResourceType type, JsonObject json, JsonObject? before, List<FieldError> errors)
    {
        foreach (var part in (ReadOnlySpan<string>)["data", "binaryData"])
        {
            foreach (var (key, _) in json.Obj(part) ?? [])
            {
                if (key.Length == 0 || key.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')))
                {
                    errors.Add(FieldError.Invalid($"{part}[{key}]", key, "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"));
                }
            }
        }
        if (before is null)
        {
            return;
        }
        if (type == Kinds.Secrets && before.Str("type") != json.Str("type"))
        {
            errors.Add(FieldError.Invalid("type", json["type"], "field is immutable"));
        }
        if (before.Bool("immutable") == true && !(Json.Same(before["data"], json["data"]) && Json.Same(before["binaryData"], json["binaryData"])))
        {
            errors.Add(FieldError.Forbidden("data", "field is immutable when `immutable` is set"));
        }
    }
}
