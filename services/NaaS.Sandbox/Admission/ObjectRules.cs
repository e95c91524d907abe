using System.Globalization;
using System.Text.Json.Nodes;
using NaaS.Sandbox.Schemas;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Admission;

/// <summary>What happens to an object between a client's request and the store: decoding, defaults, validation, admission.</summary>
internal sealed class ObjectRules(ObjectStore store, TimeProvider clock)
{
    private const string Letters = "bcdfghjklmnpqrstvwxz2456789";

    public Schema SchemaOf(ResourceType type) => store.FindType(type.Group, type.Plural) is null ? throw ApiErrors.NoSuchResource() : Schema.Anything;

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
            meta["name"] = prefix + new string(Random.Shared.GetItems<char>(Letters, 5));
        }
        if (!type.Namespaced)
        {
            meta.Remove("namespace");
        }
        meta.Remove("deletionTimestamp");
        meta.Remove("deletionGracePeriodSeconds");
        meta["uid"] = Guid.NewGuid().ToString();
        meta["creationTimestamp"] = Json.Time(clock.GetUtcNow());
        meta.Remove("generation");
        if (type.HasGeneration)
        {
            meta["generation"] = 1;
        }
        if (type.HasStatus)
        {
            wanted.Remove("status");
        }
        if (type.Namespaced && store.FindType("", "namespaces") is { } namespaces)
        {
            _ = store.Get(namespaces, null, meta.Str("namespace") ?? "");
        }
        return wanted;
    }

    /// <summary>Brings a wanted state in order: what the caller may not change is taken from the state before.</summary>
    public static void ForUpdate(ResourceType type, JsonObject before, JsonObject wanted, WriteOptions options)
    {
        var (old, meta) = (before.Obj("metadata")!, wanted.Need("metadata"));
        if (options.Subresource == "status")
        {
            foreach (var name in before.Select(f => f.Key).Union(wanted.Select(f => f.Key)).Where(f => f != "status").ToList())
            {
                wanted[name] = before[name]?.DeepClone();
            }
            return;
        }
        foreach (var fixedField in (ReadOnlySpan<string>)["uid", "creationTimestamp", "generation", "deletionTimestamp", "deletionGracePeriodSeconds", "resourceVersion"])
        {
            meta.Remove(fixedField);
            if (old[fixedField] is { } value)
            {
                meta[fixedField] = value.DeepClone();
            }
        }
        if (type.HasStatus)
        {
            wanted.Remove("status");
            if (before["status"] is { } status)
            {
                wanted["status"] = status.DeepClone();
            }
        }
        if (type.HasGeneration && !Json.Same(before["spec"], wanted["spec"]))
        {
            meta["generation"] = (old.Int("generation") ?? 0) + 1;
        }
    }

    /// <summary>Optimistic concurrency: a version that is named must be the present one.</summary>
    public static void CheckVersion(ResourceType type, StoredObject current, JsonObject wanted)
    {
        var version = wanted.Obj("metadata").Str("resourceVersion");
        if (!string.IsNullOrEmpty(version) && version != current.ResourceVersion.ToString(CultureInfo.InvariantCulture))
        {
            throw ApiErrors.Modified(type, current.Name);
        }
    }

    public static void ForDelete(ResourceType type, StoredObject current)
    {
    }
}
