using System.Text.Json.Nodes;
using NaaS.Contracts;
using NaaS.Fulfilment.Bundle;

namespace NaaS.Fulfilment.Preview;

/// <summary>Compares what is on clusters with what would be.</summary>
internal static class ObjectChanges
{
    /// <summary>No cluster has anything.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<JsonObject>> Nothing { get; } = new Dictionary<string, IReadOnlyList<JsonObject>>();

    /// <summary>Objects that come, change or go, cluster by cluster in the order in which they are delivered.</summary>
    public static IReadOnlyList<PlannedObject> Of(
        IReadOnlyDictionary<string, IReadOnlyList<JsonObject>> before, IReadOnlyDictionary<string, IReadOnlyList<JsonObject>> after, Discretion discretion) =>
        [.. before.Keys.Union(after.Keys).Order(StringComparer.Ordinal).SelectMany(cluster => On(cluster, before.GetValueOrDefault(cluster, []), after.GetValueOrDefault(cluster, []), discretion))];

    private static IEnumerable<PlannedObject> On(string cluster, IReadOnlyList<JsonObject> before, IReadOnlyList<JsonObject> after, Discretion discretion)
    {
        var old = before.ToDictionary(ObjectKey.Of);
        foreach (var o in after)
        {
            var key = ObjectKey.Of(o);
            if (!old.Remove(key, out var was))
            {
                yield return Told(PlannedAction.Add, key, []);
            }
            else if (FieldChanges.Of(was, o, discretion.For(key)) is { Count: > 0 } fields)
            {
                yield return Told(PlannedAction.Change, key, fields);
            }
        }

        foreach (var key in before.Select(ObjectKey.Of).Where(old.ContainsKey))
        {
            yield return Told(PlannedAction.Remove, key, []);
        }

        PlannedObject Told(PlannedAction action, ObjectKey key, IReadOnlyList<PlannedField> fields) =>
            new(action, cluster, key.Kind, key.Namespace, key.Name, fields);
    }
}
