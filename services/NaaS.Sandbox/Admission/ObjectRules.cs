using System.Globalization;
using System.Text.Json.Nodes;
using NaaS.Sandbox.Fields;
using NaaS.Sandbox.Schemas;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Admission;

/// <summary>
/// What happens to an object between a request and the store, in the API server's order: unknown fields, defaults, namespace, validation,
/// OCM's webhooks.
/// </summary>
internal sealed class ObjectRules(ObjectStore store, TimeProvider clock)
{
    private const string Letters = "bcdfghjklmnpqrstvwxz2456789";
    private static readonly string[] Fixed = ["uid", "creationTimestamp", "generation", "deletionTimestamp", "deletionGracePeriodSeconds", "resourceVersion", "selfLink"];

    /// <summary>The shapes of the kinds.</summary>
    public KindShapes Shapes { get; } = new();

    public Schema SchemaOf(ResourceType type) => Shapes.Of(type);

    /// <summary>The object as it will be created.</summary>
    public JsonObject ForCreate(ResourceType type, JsonObject input, WriteOptions options)
    {
        var wanted = input.Copy();
        wanted["apiVersion"] = type.ApiVersion;
        wanted["kind"] = type.Kind;
        var meta = wanted.Need("metadata");
        if (meta.Str("resourceVersion") is { Length: > 0 })
        {
            throw ApiErrors.BadRequest("resourceVersion should not be set on objects to be created");
        }
        if (string.IsNullOrEmpty(meta.Str("name")) && meta.Str("generateName") is { Length: > 0 } prefix)
        {
            meta["name"] = prefix[..Math.Min(prefix.Length, 58)] + new string(Random.Shared.GetItems<char>(Letters, 5));
        }
        foreach (var name in Fixed)
        {
            meta.Remove(name);
        }
        if (!type.Namespaced)
        {
            meta.Remove("namespace");
        }
        meta["uid"] = Guid.NewGuid().ToString();
        meta["creationTimestamp"] = Json.Time(clock.GetUtcNow());
        if (type.HasGeneration)
        {
            meta["generation"] = 1;
        }
        if (type.HasStatus)
        {
            wanted.Remove("status");
        }
        Decode(type, wanted, null, options);
        CheckNamespace(type, meta);
        Check(type, wanted, null);
        return wanted;
    }

    /// <summary>Brings a wanted state in order: what the caller may not change is taken from the state before.</summary>
    public void ForUpdate(ResourceType type, JsonObject before, JsonObject wanted, WriteOptions options)
    {
        wanted["apiVersion"] = type.ApiVersion;
        wanted["kind"] = type.Kind;
        var (old, meta) = (before.Obj("metadata")!, wanted.Need("metadata"));
        foreach (var name in Fixed.Append("name").Append("namespace"))
        {
            meta.Remove(name);
            if (old[name] is { } value)
            {
                meta[name] = value.DeepClone();
            }
        }
        if (type.HasStatus && options.Subresource != "status")
        {
            wanted.Remove("status");
            if (before["status"] is { } status)
            {
                wanted["status"] = status.DeepClone();
            }
        }
        Decode(type, wanted, before, options);
        if (type.HasGeneration && IsWantedOtherwise(type, before, wanted))
        {
            meta["generation"] = (old.Int("generation") ?? 0) + 1;
        }
        CheckFinalizers(type, old, meta);
        Check(type, wanted, before);
    }

    /// <summary>A new status, checked on its own: the rest of the object stays as it was.</summary>
    public JsonNode? ForStatus(ResourceType type, string name, JsonNode? input, WriteOptions options)
    {
        var schema = SchemaOf(type);
        var status = new JsonObject { ["status"] = input?.DeepClone() };
        if (!type.Custom && Decoder.Mismatch(schema, status) is { } mismatch)
        {
            throw ApiErrors.BadRequest($"{type.Kind} in version \"{type.Version}\" cannot be handled as a {type.Kind}: {mismatch}");
        }
        var unknown = Decoder.Prune(schema, status);
        Report(type, unknown, options);
        if (type.Custom && status.TryGetPropertyValue("status", out var pruned) && pruned is not null)
        {
            var shape = Elements.Of(schema, "status");
            Decoder.Default(shape, pruned);
            var errors = ShapeCheck.Check(shape, pruned, "status");
            if (errors.Count > 0)
            {
                throw ApiErrors.Invalid(type, name, [.. errors, .. OcmRules.Skipped(type)]);
            }
        }
        var checkedStatus = status["status"];
        status.Remove("status");
        return checkedStatus;
    }

    /// <summary>Optimistic concurrency: a version that is named must be the present one; custom objects must name it.</summary>
    public static void CheckVersion(ResourceType type, StoredObject current, JsonObject wanted)
    {
        var version = wanted.Obj("metadata").Str("resourceVersion");
        if (!string.IsNullOrEmpty(version) && version != current.ResourceVersion.ToString(CultureInfo.InvariantCulture))
        {
            throw ApiErrors.Modified(type, current.Name);
        }
        var uid = wanted.Obj("metadata").Str("uid");
        if (!string.IsNullOrEmpty(uid) && uid != current.Uid)
        {
            throw ApiErrors.Conflict(type, current.Name, $"Precondition failed: UID in precondition: {uid}, UID in object meta: {current.Uid}");
        }
    }

    /// <summary>What may never be deleted.</summary>
    public static void ForDelete(ResourceType type, StoredObject current)
    {
        if (type == Kinds.Namespaces && current.Name is "default" or "kube-system" or "kube-public")
        {
            throw ApiErrors.Forbidden(type, current.Name, "this namespace may not be deleted");
        }
    }

    private void Decode(ResourceType type, JsonObject wanted, JsonObject? before, WriteOptions options)
    {
        var schema = SchemaOf(type);
        if (!type.Custom && Decoder.Mismatch(schema, wanted) is { } mismatch)
        {
            throw ApiErrors.BadRequest($"{type.Kind} in version \"{type.Version}\" cannot be handled as a {type.Kind}: {mismatch}");
        }
        var unknown = Decoder.Prune(schema, wanted);
        Report(type, unknown, options);
        if (type.Custom)
        {
            Decoder.Default(schema, wanted);
            OcmAdmission.Complete(type, wanted, before, clock.GetUtcNow());
        }
        else
        {
            BuiltInDefaults.Complete(type, wanted, before);
            if (type == Kinds.CustomResourceDefinitions)
            {
                Definitions.Establish(wanted, before, Json.Time(clock.GetUtcNow()));
            }
        }
    }

    private static void Report(ResourceType type, List<string> unknown, WriteOptions options)
    {
        if (unknown.Count > 0 && options.Unknown == FieldValidation.Strict)
        {
            var fields = string.Join(", ", unknown.Select(u => $"unknown field \"{u}\""));
            throw ApiErrors.BadRequest($"{type.Kind} in version \"{type.Version}\" cannot be handled as a {type.Kind}: strict decoding error: {fields}");
        }
        if (options.Unknown == FieldValidation.Warn)
        {
            unknown.ForEach(u => options.Warnings?.Add($"unknown field \"{u}\""));
        }
    }

    private void CheckNamespace(ResourceType type, JsonObject meta)
    {
        if (!type.Namespaced)
        {
            return;
        }
        var name = meta.Str("namespace") ?? "";
        if (name.Length == 0)
        {
            throw ApiErrors.BadRequest("an empty namespace may not be set during creation");
        }
        var ns = store.Get(Kinds.Namespaces, null, name);
        if (ns.Deleting)
        {
            throw ApiErrors.Forbidden(type, meta.Str("name") ?? "", $"unable to create new content in namespace {name} because it is being terminated",
                new JsonArray(new JsonObject
                {
                    ["reason"] = "NamespaceTerminating",
                    ["message"] = $"namespace {name} is being terminated",
                    ["field"] = "metadata.namespace",
                }));
        }
    }

    private void Check(ResourceType type, JsonObject wanted, JsonObject? before)
    {
        var name = wanted.Str("metadata", "name") ?? "";
        var errors = Names.Check(type, wanted.Obj("metadata")!).ToList();
        if (type.Custom)
        {
            var shape = ShapeCheck.Check(SchemaOf(type), wanted);
            errors.AddRange(shape);
            errors.AddRange(shape.Count == 0 ? OcmRules.Check(type, wanted) : OcmRules.Skipped(type));
        }
        else
        {
            errors.AddRange(BuiltInChecks.Check(type, SchemaOf(type), wanted, before));
            errors.AddRange(type == Kinds.CustomResourceDefinitions ? Definitions.Check(wanted) : []);
        }
        if (errors.Count > 0)
        {
            throw ApiErrors.Invalid(type, name, errors);
        }
        if (type.Custom)
        {
            OcmAdmission.Check(type, wanted, before);
        }
    }

    private static void CheckFinalizers(ResourceType type, JsonObject old, JsonObject meta)
    {
        if (!old.ContainsKey("deletionTimestamp"))
        {
            return;
        }
        var had = (old.Arr("finalizers") ?? []).Select(f => f.Str()).ToHashSet();
        var added = (meta.Arr("finalizers") ?? []).Select(f => f.Str()).Where(f => !had.Contains(f)).ToList();
        if (added.Count > 0)
        {
            throw ApiErrors.Invalid(type, old.Str("name") ?? "", [FieldError.Forbidden("metadata.finalizers",
                $"no new finalizers can be added if the object is being deleted, found new finalizers []string{{{string.Join(", ", added.Select(f => $"\"{f}\""))}}}")]);
        }
    }

    /// <summary>For custom kinds anything but metadata and status counts as wanted, for Kubernetes' own the spec.</summary>
    private static bool IsWantedOtherwise(ResourceType type, JsonObject before, JsonObject wanted) => type.Custom
        ? before.Select(f => f.Key).Union(wanted.Select(f => f.Key)).Any(f => f is not ("metadata" or "status") && !Json.Same(before[f], wanted[f]))
        : type.Group is "admissionregistration.k8s.io" or "scheduling.k8s.io" or "discovery.k8s.io"
            ? before.Select(f => f.Key).Union(wanted.Select(f => f.Key)).Any(f => f is not ("metadata" or "status") && !Json.Same(before[f], wanted[f]))
            : !Json.Same(before["spec"], wanted["spec"]);
}
