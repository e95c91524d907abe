using System.Text.Json.Nodes;
using NaaS.Sandbox.Schemas;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Fields;

/// <summary>Keeps metadata.managedFields as objects are written.</summary>
internal static class ManagedFields
{
    /// <summary>After an ordinary write: what it changed is the writer's from now on, and nobody else's.</summary>
    public static void Written(Schema schema, JsonObject? before, JsonObject wanted, ResourceType type, WriteOptions options, string now)
    {
        var meta = wanted.Obj("metadata")!;
        var given = meta.Arr("managedFields");
        var cleared = given is not null && given.All(e => e is JsonObject { Count: 0 });
        if (cleared)
        {
            // An empty list is how a client says that nobody manages anything.
            meta.Remove("managedFields");
            return;
        }
        var entries = ManagedEntry.Read(given is null ? before.Obj("metadata") : meta);
        var (changed, removed) = FieldsOf.Difference(schema, before, wanted, !type.Custom);
        Take(meta, entries, type, options, now, changed, removed);
    }

    /// <summary>After a write of the status: the same, without looking at what cannot have changed.</summary>
    public static void StatusWritten(Schema schema, JsonNode? before, JsonObject wanted, ResourceType type, WriteOptions options, string now)
    {
        var meta = wanted.Obj("metadata")!;
        var (changed, removed) = FieldsOf.Difference(schema, "status", before, wanted["status"], !type.Custom);
        Take(meta, ManagedEntry.Read(meta), type, options, now, changed, removed);
    }

    private static void Take(
        JsonObject meta, List<ManagedEntry> entries, ResourceType type, WriteOptions options, string now, FieldSet changed, FieldSet removed)
    {
        if (changed.IsEmpty && removed.IsEmpty)
        {
            ManagedEntry.Write(meta, entries);
            return;
        }
        var mine = new ManagedEntry(options.Manager, "Update", type.ApiVersion, options.Subresource ?? "", now, changed);
        var lost = changed.Union(removed);
        var result = new List<ManagedEntry>();
        foreach (var entry in entries)
        {
            if (!entry.IsBy(mine))
            {
                result.Add(entry with { Fields = entry.Fields.Without(lost) });
                continue;
            }
            var fields = entry.Fields.Union(changed).Without(removed);
            mine = entry with { Fields = fields, Time = fields.Same(entry.Fields) ? entry.Time : now };
        }
        ManagedEntry.Write(meta, [.. result, mine]);
    }

    /// <summary>After server-side apply has created an object.</summary>
    public static void Applied(Schema schema, JsonObject created, JsonObject config, ResourceType type, WriteOptions options, string now) =>
        ManagedEntry.Write(created.Obj("metadata")!, [Entry(schema, config, type, options, now)]);

    /// <summary>The entry of a manager who applied this configuration.</summary>
    public static ManagedEntry Entry(Schema schema, JsonObject config, ResourceType type, WriteOptions options, string now) =>
        new ManagedEntry(options.Manager, "Apply", type.ApiVersion, options.Subresource ?? "", now, FieldsOf.Object(schema, config));

    /// <summary>Whether a write would change nothing but the times in managedFields.</summary>
    public static bool SameButForTimes(JsonObject before, JsonObject wanted)
    {
        foreach (var name in before.Select(f => f.Key).Union(wanted.Select(f => f.Key)))
        {
            if (name != "metadata" && !Json.Same(before[name], wanted[name]))
            {
                return false;
            }
        }
        var (a, b) = (before.Obj("metadata")!, wanted.Obj("metadata")!);
        foreach (var name in a.Select(f => f.Key).Union(b.Select(f => f.Key)))
        {
            if (name is not ("managedFields" or "resourceVersion") && !Json.Same(a[name], b[name]))
            {
                return false;
            }
        }
        var (old, now) = (ManagedEntry.Read(a), ManagedEntry.Read(b));
        return old.Count == now.Count && old.All(o => now.Exists(n => n.IsBy(o) && n.Fields.Same(o.Fields)));
    }
}
