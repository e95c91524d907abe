using System.Collections;
using NaaS.Helm.Go;

namespace NaaS.Helm.Schema;

/// <summary>The schemas that led to the present one; equal numbers of <paramref name="Value"/> in a row mean the same value.</summary>
internal sealed record Scope(SchemaNode Schema, string Keyword, int Value, Scope? Parent)
{
    /// <summary>The scope in which this value already meets this schema, or null.</summary>
    public Scope? Cycle()
    {
        for (var scope = Parent; scope is not null && scope.Value == Value; scope = scope.Parent)
        {
            if (ReferenceEquals(scope.Schema, Schema))
            {
                return scope;
            }
        }

        return null;
    }

    /// <summary>The keywords on the way here.</summary>
    public string Keywords()
    {
        var path = "";
        for (var scope = this; scope.Parent is { } parent; scope = parent)
        {
            var step = scope.Keyword.Length > 0 ? "/" + scope.Keyword
                : scope.Schema.Location.StartsWith(parent.Schema.Location, StringComparison.Ordinal) ? scope.Schema.Location[parent.Schema.Location.Length..] : "";
            path = step + path;
        }

        return path;
    }

    /// <summary>The outermost schema that <c>$recursiveAnchor</c> offers.</summary>
    public SchemaNode OutermostRecursive(SchemaNode fallback)
    {
        for (var scope = this; scope is not null; scope = scope.Parent)
        {
            fallback = scope.Schema.RecursiveAnchor ? scope.Schema : fallback;
        }

        return fallback;
    }

    /// <summary>The outermost schema with this <c>$dynamicAnchor</c>.</summary>
    public SchemaNode OutermostDynamic(string anchor, SchemaNode fallback)
    {
        for (var scope = this; scope is not null; scope = scope.Parent)
        {
            fallback = scope.Schema.Resource!.Dynamic.GetValueOrDefault(anchor, fallback);
        }

        return fallback;
    }
}

/// <summary>Members or items that no keyword has looked at yet; null where nobody asks.</summary>
internal sealed class Unevaluated
{
    public HashSet<string>? Properties { get; set; }

    public HashSet<int>? Items { get; set; }

    public bool IsEmpty => Properties is null or { Count: 0 } && Items is null or { Count: 0 };

    public static Unevaluated Of(object? value, SchemaNode schema, bool callerAsks)
    {
        var unevaluated = new Unevaluated();
        switch (value)
        {
            case GoMap map when schema.AdditionalProperties is null && (callerAsks || schema.UnevaluatedProperties is not null):
                unevaluated.Properties = new HashSet<string>(map.Keys, StringComparer.Ordinal);
                break;
            case GoList list when schema.Items is null && (callerAsks || schema.UnevaluatedItems is not null) && schema.PrefixItems.Length < list.Count:
                unevaluated.Items = [.. Enumerable.Range(schema.PrefixItems.Length, list.Count - schema.PrefixItems.Length)];
                break;
        }

        return unevaluated;
    }

    public void Merge(Unevaluated other)
    {
        Properties?.IntersectWith(other.Properties ?? []);
        Items?.IntersectWith(other.Items ?? []);
    }
}

/// <summary>A path with one more step; it is only written out where an error is shown.</summary>
internal sealed class StepPath(IReadOnlyList<string> parent, string step) : IReadOnlyList<string>
{
    public int Count { get; } = parent.Count + 1;

    public string this[int index] => index == Count - 1 ? step : parent[index];

    public IEnumerator<string> GetEnumerator() => Steps().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private List<string> Steps()
    {
        var steps = new List<string>(Count);
        for (IReadOnlyList<string> at = this; ;)
        {
            if (at is not StepPath path)
            {
                steps.Reverse();
                return steps;
            }

            steps.Add(path.Step);
            at = path.Parent;
        }
    }

    private string Step => step;

    private IReadOnlyList<string> Parent => parent;
}
