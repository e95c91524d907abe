using System.Text.Json.Nodes;
using NaaS.Sandbox.Schemas;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Fields;

/// <summary>Server-side apply: merge what a manager wants, take away what it no longer wants, and refuse what others hold.</summary>
internal static class Applier
{
    /// <summary>Checks an applied configuration, completes its name and namespace, and leaves out what this way of writing cannot set.</summary>
    public static JsonObject Prepare(Schema schema, ResourceType type, string? ns, string name, JsonObject config, WriteOptions options)
    {
        var mine = config.Copy();
        var meta = mine.Need("metadata");
        if (meta.Arr("managedFields") is { Count: > 0 })
        {
            throw ApiErrors.BadRequest("metadata.managedFields must be nil");
        }
        meta.Remove("managedFields");
        meta["name"] = name;
        if (type.Namespaced)
        {
            meta["namespace"] = ns;
        }
        if (Undeclared(schema, mine, "") is { } path)
        {
            throw new ApiStatusException(500, "",
                $"failed to create typed patch object ({(type.Namespaced ? ns : "")}/{name}; {type.ApiVersion}, Kind={type.Kind}): {path}: field not declared in schema");
        }
        Reset(type, mine, options);
        return mine;
    }

    /// <summary>The object as it is after <paramref name="config"/>, which is used up, was applied; managedFields included.</summary>
    public static JsonObject Merge(Schema schema, ResourceType type, JsonObject before, JsonObject config, WriteOptions options, string now)
    {
        var entry = ManagedFields.Entry(schema, config, type, options, now);
        var managers = ManagedEntry.Read(before.Obj("metadata"));
        var last = managers.Find(m => m.IsBy(entry));
        var others = managers.Where(m => !m.IsBy(entry)).ToList();

        config.Obj("metadata")?.Remove("resourceVersion");
        var merged = before.Copy();
        MergeInto(schema, merged, config);
        var (changed, _) = FieldsOf.Difference(schema, before, merged, !type.Custom);
        var conflicts = others.Select(o => (Manager: o, Fields: o.Fields.Intersect(changed))).Where(c => !c.Fields.IsEmpty).ToList();
        if (conflicts.Count > 0 && !options.Force)
        {
            throw Conflict(conflicts);
        }
        others = [.. others.Select(o => o with { Fields = o.Fields.Without(changed) })];
        if (last is not null)
        {
            var held = others.Aggregate(entry.Fields, (all, o) => all.Union(o.Fields));
            Prune(schema, merged, last.Fields, held);
        }
        ManagedEntry.Write(merged.Need("metadata"), [.. others, entry]);
        return merged;
    }

    /// <summary>Takes away what this way of writing cannot set: status through the object, all but status through the status.</summary>
    private static void Reset(ResourceType type, JsonObject config, WriteOptions options)
    {
        if (options.Subresource == "status")
        {
            foreach (var name in config.Select(f => f.Key).Where(f => f is not ("status" or "apiVersion" or "kind")).ToList())
            {
                config.Remove(name);
            }
        }
        else if (type.HasStatus)
        {
            config.Remove("status");
        }
    }

    private static void MergeInto(Schema schema, JsonObject live, JsonObject wanted)
    {
        foreach (var (name, value) in wanted)
        {
            var shape = Elements.Of(schema, name);
            switch (live[name], value)
            {
                case (JsonObject there, JsonObject map) when !shape.Atomic:
                    MergeInto(shape, there, map);
                    break;
                case (JsonArray there, JsonArray list) when !Elements.IsLeaf(shape, list):
                    live[name] = MergeLists(shape, there, list);
                    break;
                default:
                    live[name] = value?.DeepClone();
                    break;
            }
        }
    }

    /// <summary>Items that only the live list has keep their place before the shared ones they stood before; the rest follows the applied order.</summary>
    private static JsonArray MergeLists(Schema schema, JsonArray live, JsonArray wanted)
    {
        var there = Elements.Items(schema, live);
        var applied = Elements.Items(schema, wanted);
        var names = applied.Select(a => a.Element).ToHashSet(StringComparer.Ordinal);
        var merged = new JsonArray();
        var next = 0;
        foreach (var (element, item) in applied)
        {
            KeepOthers();
            var at = there.FindIndex(t => t.Element == element);
            next += at == next && next < there.Count ? 1 : 0;
            merged.Add(at < 0 ? item?.DeepClone() : MergeItem(schema.Items, there[at].Item, item));
        }
        for (; next < there.Count; next++)
        {
            KeepOthers();
        }
        return merged;

        void KeepOthers()
        {
            for (; next < there.Count && !names.Contains(there[next].Element); next++)
            {
                merged.Add(there[next].Item?.DeepClone());
            }
        }
    }

    private static JsonNode? MergeItem(Schema schema, JsonNode? live, JsonNode? wanted)
    {
        if (live is not JsonObject there || wanted is not JsonObject map || schema.Atomic)
        {
            return wanted?.DeepClone();
        }
        var merged = there.Copy();
        MergeInto(schema, merged, map);
        return merged;
    }

    /// <summary>Takes away what was applied last and nobody holds now.</summary>
    private static void Prune(Schema schema, JsonNode? node, FieldSet last, FieldSet? held)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (element, was) in last.Children)
                {
                    var name = element[2..];
                    if (!map.ContainsKey(name))
                    {
                        continue;
                    }
                    if (held?.Find(element) is { } still)
                    {
                        Prune(Elements.Of(schema, name), map[name], was, still);
                    }
                    else
                    {
                        map.Remove(name);
                    }
                }
                break;
            case JsonArray list when schema.Keys is not null || schema.Set:
                foreach (var (element, item) in Elements.Items(schema, list))
                {
                    if (last.Find(element) is not { } was)
                    {
                        continue;
                    }
                    if (held?.Find(element) is { } still)
                    {
                        Prune(schema.Items, item, was, still);
                    }
                    else
                    {
                        list.Remove(item);
                    }
                }
                break;
        }
    }

    private static ApiStatusException Conflict(List<(ManagedEntry Manager, FieldSet Fields)> conflicts)
    {
        var all = conflicts.SelectMany(c => c.Fields.Paths().Select(p => (c.Manager, Path: p))).ToList();
        var causes = new JsonArray([.. all.Select(c => new JsonObject
        {
            ["reason"] = "FieldManagerConflict",
            ["message"] = $"conflict with {c.Manager}",
            ["field"] = c.Path,
        })]);
        var text = all.Count == 1
            ? $"Apply failed with 1 conflict: conflict with {all[0].Manager}: {all[0].Path}"
            : $"Apply failed with {all.Count} conflicts: " + string.Join('\n', conflicts.OrderBy(c => c.Manager.Manager, StringComparer.Ordinal)
                .SelectMany(c => c.Fields.Paths().Select(p => $"- {p}").Prepend($"conflicts with {c.Manager}:")));
        return new ApiStatusException(409, "Conflict", text, new JsonObject { ["causes"] = causes });
    }

    private static string? Undeclared(Schema schema, JsonNode? node, string at)
    {
        switch (node)
        {
            case JsonObject map when schema.Type == SchemaType.Object:
                foreach (var (name, value) in map)
                {
                    if (!schema.Fields.TryGetValue(name, out var below))
                    {
                        if (schema.KeepsUnknown)
                        {
                            continue;
                        }
                        return $"{at}.{name}";
                    }
                    if (Undeclared(below, value, $"{at}.{name}") is { } found)
                    {
                        return found;
                    }
                }
                return null;
            case JsonObject map when schema.Type == SchemaType.Map:
                return map.Select(f => Undeclared(schema.Items, f.Value, $"{at}.{f.Key}")).FirstOrDefault(f => f is not null);
            case JsonArray list when schema.Type == SchemaType.List:
                return list.Select((item, i) => Undeclared(schema.Items, item, at + (schema.Keys is null ? $"[{i}]" : Spelled(schema, item))))
                    .FirstOrDefault(f => f is not null);
            default:
                return null;
        }
    }

    private static string Spelled(Schema schema, JsonNode? item) =>
        "[" + string.Join(",", schema.Keys!.Where(k => item.At(k) is not null).Select(k => $"{k}={item.At(k)!.ToJsonString(Json.Relaxed)}")) + "]";
}
