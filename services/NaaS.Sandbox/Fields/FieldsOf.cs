using System.Text.Json.Nodes;
using NaaS.Sandbox.Schemas;

namespace NaaS.Sandbox.Fields;

/// <summary>Which fields a value has, and which differ between two.</summary>
internal static class FieldsOf
{
    /// <summary>Parts of Kubernetes' own kinds that are always there, if empty: nobody gains them by filling them.</summary>
    private static readonly HashSet<string> AlwaysThere =
        ["metadata", "spec", "status", "template", "jobTemplate", "strategy", "updateStrategy", "loadBalancer"];

    /// <summary>Fields of metadata that have no manager.</summary>
    private static readonly HashSet<string> Unmanaged =
    [
        "name", "namespace", "generateName", "uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp",
        "deletionGracePeriodSeconds", "selfLink", "managedFields",
    ];

    /// <summary>All fields of an object that have managers, as server-side apply counts them: leaves, and items of keyed lists.</summary>
    public static FieldSet Object(Schema schema, JsonObject json)
    {
        var set = new FieldSet();
        foreach (var (name, value) in json)
        {
            if (name == "metadata")
            {
                var meta = new FieldSet();
                var shape = Elements.Of(schema, name);
                foreach (var (field, part) in value as JsonObject ?? [])
                {
                    if (!Unmanaged.Contains(field))
                    {
                        Collect(Elements.Of(shape, field), part, meta.Below("f:" + field));
                    }
                }
                set.Put("f:metadata", meta);
            }
            else if (name is not ("apiVersion" or "kind"))
            {
                Collect(Elements.Of(schema, name), value, set.Below("f:" + name));
            }
        }
        return set;
    }

    /// <summary>What a change of a whole object added or altered, and what it removed, fields without managers apart.</summary>
    public static (FieldSet Changed, FieldSet Removed) Difference(Schema schema, JsonObject? before, JsonObject after, bool builtIn)
    {
        var (changed, removed) = (new FieldSet(), new FieldSet());
        foreach (var name in Names(before, after))
        {
            if (name == "metadata")
            {
                var (metaChanged, metaRemoved) = (new FieldSet(), new FieldSet());
                var (old, now) = (before?[name] as JsonObject, after[name] as JsonObject);
                foreach (var field in Names(old, now).Where(f => !Unmanaged.Contains(f)))
                {
                    Field(Elements.Of(Elements.Of(schema, name), field), field, old?[field], now?[field], (metaChanged, metaRemoved, builtIn));
                }
                Merge((changed, removed, builtIn), "f:metadata", metaChanged, metaRemoved);
            }
            else if (name is not ("apiVersion" or "kind"))
            {
                Field(Elements.Of(schema, name), name, before?[name], after[name], (changed, removed, builtIn));
            }
        }
        return (changed, removed);
    }

    /// <summary>What a change of one field of an object added or altered, and what it removed.</summary>
    public static (FieldSet Changed, FieldSet Removed) Difference(Schema schema, string field, JsonNode? before, JsonNode? after, bool builtIn)
    {
        var (changed, removed) = (new FieldSet(), new FieldSet());
        Field(Elements.Of(schema, field), field, before, after, (changed, removed, builtIn));
        return (changed, removed);
    }

    private static IEnumerable<string> Names(JsonObject? a, JsonObject? b) =>
        a is null ? (b ?? []).Select(f => f.Key) : b is null ? a.Select(f => f.Key) : a.Select(f => f.Key).Union(b.Select(f => f.Key));

    private static void Collect(Schema schema, JsonNode? value, FieldSet set)
    {
        if (Elements.IsLeaf(schema, value))
        {
            set.Member = true;
            return;
        }
        if (value is JsonObject map)
        {
            set.Member |= map.Count == 0;
            foreach (var (name, child) in map)
            {
                var below = set.Below("f:" + name);
                Collect(Elements.Of(schema, name), child, below);
                below.Member |= schema.Type == SchemaType.Map;
            }
            return;
        }
        foreach (var (element, item) in Elements.Items(schema, (JsonArray)value!))
        {
            var below = set.Below(element);
            below.Member = true;
            if (item is JsonObject)
            {
                Collect(schema.Items, item, below);
            }
        }
    }

    private static void Compare(Schema schema, JsonNode? before, JsonNode? after, (FieldSet Changed, FieldSet Removed, bool BuiltIn) into)
    {
        if (before is not null && after is not null
            && (Elements.IsLeaf(schema, before) || Elements.IsLeaf(schema, after) || before.GetType() != after.GetType()))
        {
            into.Changed.Member = !JsonNode.DeepEquals(before, after);
            return;
        }
        into.Changed.Member |= before is null;
        into.Removed.Member |= after is null;
        var whole = before ?? after;
        if (Elements.IsLeaf(schema, whole))
        {
            return;
        }
        if (whole is JsonObject)
        {
            CompareMaps(schema, before as JsonObject ?? [], after as JsonObject ?? [], into);
        }
        else
        {
            CompareLists(schema, before as JsonArray ?? [], after as JsonArray ?? [], into);
        }
    }

    private static void CompareMaps(Schema schema, JsonObject before, JsonObject after, (FieldSet Changed, FieldSet Removed, bool BuiltIn) into)
    {
        foreach (var name in Names(before, after))
        {
            Field(Elements.Of(schema, name), name, before[name], after[name], into);
        }
    }

    private static void Field(Schema schema, string name, JsonNode? old, JsonNode? now, (FieldSet Changed, FieldSet Removed, bool BuiltIn) into)
    {
        if (JsonNode.DeepEquals(old, now))
        {
            return;
        }
        var (changed, removed) = (new FieldSet(), new FieldSet());
        Compare(schema, old, now, (changed, removed, into.BuiltIn));
        if (into.BuiltIn && AlwaysThere.Contains(name) && (changed.Children.Count > 0 || removed.Children.Count > 0))
        {
            changed.Member = removed.Member = false;
        }
        Merge(into, "f:" + name, changed, removed);
    }

    private static void CompareLists(Schema schema, JsonArray before, JsonArray after, (FieldSet Changed, FieldSet Removed, bool BuiltIn) into)
    {
        var old = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var (element, item) in Elements.Items(schema, before))
        {
            old[element] = item;
        }
        foreach (var (element, item) in Elements.Items(schema, after))
        {
            old.Remove(element, out var was);
            if (JsonNode.DeepEquals(was, item))
            {
                continue;
            }
            var (changed, removed) = (new FieldSet(), new FieldSet());
            Compare(schema.Items, was, item, (changed, removed, into.BuiltIn));
            Merge(into, element, changed, removed);
        }
        foreach (var (element, item) in old)
        {
            var removed = new FieldSet();
            Compare(schema.Items, item, null, (new FieldSet(), removed, into.BuiltIn));
            Merge(into, element, new FieldSet(), removed);
        }
    }

    private static void Merge((FieldSet Changed, FieldSet Removed, bool BuiltIn) into, string element, FieldSet changed, FieldSet removed)
    {
        into.Changed.Put(element, changed);
        into.Removed.Put(element, removed);
    }
}
