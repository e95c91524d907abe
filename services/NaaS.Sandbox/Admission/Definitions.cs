using System.Text.Json.Nodes;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Admission;

/// <summary>CustomResourceDefinitions: what the API server adds to them, and the kinds that they declare.</summary>
internal static class Definitions
{
    private const string Finalizer = "customresourcecleanup.apiextensions.k8s.io";

    /// <summary>A new definition is established at once.</summary>
    public static void Establish(JsonObject json, JsonObject? before, string now)
    {
        if (json.Obj("spec", "names") is not { } names || before is not null)
        {
            return;
        }
        var meta = json.Obj("metadata")!;
        if (!(meta.Arr("finalizers") ?? []).Any(f => f.Str() == Finalizer))
        {
            var finalizers = meta.Arr("finalizers") ?? [];
            meta.Remove("finalizers");
            finalizers.Add(Finalizer);
            meta["finalizers"] = finalizers;
        }
        json["status"] = new JsonObject
        {
            ["acceptedNames"] = names.DeepClone(),
            ["storedVersions"] = new JsonArray(Storage(json).Str("name")),
            ["conditions"] = new JsonArray(
                Condition("NamesAccepted", "NoConflicts", "no conflicts found", now),
                Condition("Established", "InitialNamesAccepted", "the initial names have been accepted", now)),
        };
    }

    /// <summary>What is wrong with a definition.</summary>
    public static IEnumerable<FieldError> Check(JsonObject json)
    {
        var (name, wanted) = (json.Str("metadata", "name"), $"{json.Str("spec", "names", "plural")}.{json.Str("spec", "group")}");
        if (json.Obj("spec", "names") is not null && name != wanted)
        {
            yield return FieldError.Invalid("metadata.name", name, "must be spec.names.plural+\".\"+spec.group");
        }
        var versions = json.Arr("spec", "versions") ?? [];
        if (versions.Count > 0 && versions.Count(v => v.Bool("storage") == true) != 1)
        {
            yield return FieldError.Invalid("spec.versions", versions, "must have exactly one version marked as storage version");
        }
        for (var i = 0; i < versions.Count; i++)
        {
            if (versions[i].Obj("schema", "openAPIV3Schema") is null)
            {
                yield return FieldError.Required($"spec.versions[{i}].schema.openAPIV3Schema", "schemas are required");
            }
        }
        if (json.Str("spec", "scope") is { } scope && scope is not ("Namespaced" or "Cluster"))
        {
            yield return FieldError.NotSupported("spec.scope", scope, ["Cluster", "Namespaced"]);
        }
    }

    /// <summary>The kind that a definition declares, with its shape.</summary>
    public static (ResourceType Type, JsonObject? OpenApi) Declared(JsonObject json)
    {
        var (spec, names, storage) = (json.Obj("spec")!, json.Obj("spec", "names")!, Storage(json));
        var served = spec.Arr("versions")!.Where(v => v.Bool("served") == true).Select(v => v.Str("name")!).ToList();
        var scale = storage.Obj("subresources", "scale");
        var type = new ResourceType(spec.Str("group")!, storage.Str("name")!, names.Str("plural")!, names.Str("kind")!, spec.Str("scope") == "Namespaced")
        {
            Custom = true,
            HasGeneration = true,
            HasStatus = storage.Obj("subresources")?.ContainsKey("status") ?? false,
            Versions = served,
            ShortNames = Texts(names.Arr("shortNames")),
            Categories = Texts(names.Arr("categories")),
            Singular = names.Str("singular") ?? names.Str("kind")!.ToLowerInvariant(),
            ListKind = names.Str("listKind") ?? names.Str("kind") + "List",
            Scale = scale is null ? null
                : new ScalePaths(scale.Str("specReplicasPath") ?? ".spec.replicas", scale.Str("statusReplicasPath") ?? ".status.replicas", scale.Str("labelSelectorPath")),
            Columns =
            [
                .. (storage.Arr("additionalPrinterColumns") ?? []).Select(c => new PrinterColumn(
                    c.Str("name") ?? "", c.Str("type") ?? "string", c.Str("jsonPath") ?? "", (int)(c.Int("priority") ?? 0))),
            ],
        };
        return (type, storage.Obj("schema", "openAPIV3Schema")?.Copy());
    }

    private static JsonObject Storage(JsonObject json) =>
        (json.Arr("spec", "versions") ?? []).OfType<JsonObject>().FirstOrDefault(v => v.Bool("storage") == true) ?? [];

    private static List<string> Texts(JsonArray? list) => [.. (list ?? []).Select(t => t.Str() ?? "")];

    private static JsonObject Condition(string type, string reason, string message, string now) => new()
    {
        ["type"] = type,
        ["status"] = "True",
        ["lastTransitionTime"] = now,
        ["reason"] = reason,
        ["message"] = message,
    };
}
