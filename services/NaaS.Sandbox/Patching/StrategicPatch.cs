using System.Text.Json.Nodes;
using NaaS.Sandbox.Fields;
using NaaS.Sandbox.Schemas;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Patching;

/// <summary>
/// Kubernetes' strategic merge patch: lists with a merge key are merged by it, <c>$patch</c>, <c>$retainKeys</c>,
/// <c>$deleteFromPrimitiveList</c> and <c>$setElementOrder</c> are followed.
/// </summary>
internal static class StrategicPatch
{
    private const string Directive = "$patch";
    private const string Retain = "$retainKeys";
    private const string DeleteValues = "$deleteFromPrimitiveList/";
    private const string Order = "$setElementOrder/";

    public static JsonObject Apply(Schema schema, JsonObject target, JsonNode patch)
    {
        if (patch is not JsonObject changes)
        {
            throw ApiErrors.BadRequest("error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}");
        }
        return MergeMap(schema, target, changes);
    }

    private static JsonObject MergeMap(Schema schema, JsonObject target, JsonObject patch)
    {
        switch (patch.Str(Directive))
        {
            case "replace":
                return Plain(patch);
            case "delete":
                return [];
            case "merge" or null:
                break;
            case var other:
                throw ApiErrors.BadRequest($"unknown patch type: {other}");
        }
        if (patch.Arr(Retain) is { } kept)
        {
            var names = kept.Select(k => k.Str()).ToHashSet();
            target.Where(f => !names.Contains(f.Key)).Select(f => f.Key).ToList().ForEach(f => target.Remove(f));
        }
        foreach (var (name, value) in patch)
        {
            if (name.StartsWith(DeleteValues, StringComparison.Ordinal))
            {
                RemoveValues(target.Arr(name[DeleteValues.Length..]), value as JsonArray ?? []);
            }
            else if (!name.StartsWith('$'))
            {
                MergeField(Elements.Of(schema, name), target, name, value);
            }
        }
        foreach (var (name, value) in patch.Where(f => f.Key.StartsWith(Order, StringComparison.Ordinal)))
        {
            var field = name[Order.Length..];
            if (target.Arr(field) is { } list && value is JsonArray order)
            {
                target[field] = Sorted(Elements.Of(schema, field).PatchKey, list, order);
            }
        }
        return target;
    }

    private static void MergeField(Schema schema, JsonObject target, string name, JsonNode? value)
    {
        switch (value, target[name])
        {
            case (null, _):
                target.Remove(name);
                break;
            case (JsonObject map, JsonObject there):
                target.Remove(name);
                target[name] = MergeMap(schema, there, map);
                break;
            case (JsonObject map, _):
                target[name] = MergeMap(schema, [], map);
                break;
            case (JsonArray list, JsonArray there) when schema.PatchKey is not null:
                MergeItems(schema, there, list);
                break;
            case (JsonArray list, _) when schema.PatchKey is not null:
                var made = new JsonArray();
                MergeItems(schema, made, list);
                target[name] = made;
                break;
            case (JsonArray list, JsonArray there) when schema.PatchStrategy?.Contains("merge", StringComparison.Ordinal) ?? false:
                foreach (var item in list.Where(i => !there.Any(t => Json.Same(t, i))).ToList())
                {
                    there.Add(item?.DeepClone());
                }
                break;
            default:
                target[name] = value.DeepClone();
                break;
        }
    }

    private static void MergeItems(Schema schema, JsonArray target, JsonArray patch)
    {
        var key = schema.PatchKey!;
        if (patch.Any(i => i.Str(Directive) == "replace" && i is JsonObject { Count: 1 }))
        {
            target.Clear();
        }
        foreach (var item in patch.OfType<JsonObject>().Where(i => !(i.Str(Directive) == "replace" && i.Count == 1)))
        {
            var at = target.ToList().FindIndex(t => t.At(key) is { } value && Json.Same(value, item[key]));
            if (item[key] is null)
            {
                throw ApiErrors.BadRequest($"map: {item.ToJsonString(Json.Relaxed)} does not contain declared merge key: {key}");
            }
            if (item.Str(Directive) == "delete")
            {
                if (at >= 0)
                {
                    target.RemoveAt(at);
                }
            }
            else if (at >= 0)
            {
                var there = (JsonObject)target[at]!;
                target[at] = new JsonObject();
                target[at] = MergeMap(schema.Items, there, item);
            }
            else
            {
                target.Add(MergeMap(schema.Items, [], item));
            }
        }
    }

    private static void RemoveValues(JsonArray? target, JsonArray values)
    {
        if (target is not null)
        {
            target.Where(t => values.Any(v => Json.Same(v, t))).ToList().ForEach(t => target.Remove(t));
        }
    }

    /// <summary>Items in the order that the patch gives; items that it does not name stay behind the one that they stood behind.</summary>
    private static JsonArray Sorted(string? key, JsonArray list, JsonArray order)
    {
        JsonNode? Id(JsonNode? item) => key is null ? item : item.At(key);
        var items = list.ToList();
        var sorted = order.Select(o => items.FindIndex(i => Json.Same(Id(i), Id(o)))).Where(i => i >= 0).Distinct().ToList();
        for (var i = 0; i < items.Count; i++)
        {
            if (!sorted.Contains(i))
            {
                sorted.Insert(i == 0 ? 0 : sorted.IndexOf(i - 1) + 1, i);
            }
        }
        return new JsonArray([.. sorted.Select(i => items[i]?.DeepClone())]);
    }

    private static JsonObject Plain(JsonObject patch) =>
        new(patch.Where(f => !f.Key.StartsWith('$') && f.Value is not null).Select(f => KeyValuePair.Create(f.Key, f.Value?.DeepClone())));
}
