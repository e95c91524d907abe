using System.Text.Json.Nodes;
using Microsoft.Extensions.Primitives;

namespace NaaS.TmfRest.Queries;

/// <summary>The parameter <c>fields</c>: which attributes an answer carries beside id and href. Unknown names are skipped (TMF630 part 1, 4.3).</summary>
public sealed class FieldSelection
{
    private readonly Node? root;

    private FieldSelection(Node? root) => this.root = root;

    /// <summary>Everything.</summary>
    public static FieldSelection All { get; } = new(null);

    /// <summary>Whether nothing is left out.</summary>
    public bool IsAll => root is null;

    /// <summary>Reads <c>state,serviceOrderItem.action</c> or <c>none</c>.</summary>
    public static FieldSelection Parse(StringValues values)
    {
        var names = values.SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToList();
        if (names.Count == 0)
        {
            return All;
        }

        var root = new Node();
        foreach (var name in names.Append("id").Append("href"))
        {
            root.Add(name.Split('.'));
        }

        return new FieldSelection(root);
    }

    /// <summary>Takes out what was not asked for.</summary>
    public JsonObject Apply(JsonObject document)
    {
        root?.Reduce(document);
        return document;
    }

    private sealed class Node
    {
        private readonly Dictionary<string, Node> children = new(StringComparer.Ordinal);
        private bool whole;

        public void Add(ReadOnlySpan<string> path)
        {
            if (path.IsEmpty)
            {
                whole = true;
                return;
            }

            if (!children.TryGetValue(path[0], out var child))
            {
                children[path[0]] = child = new Node();
            }

            child.Add(path[1..]);
        }

        public void Reduce(JsonNode? node)
        {
            if (whole)
            {
                return;
            }

            if (node is JsonArray array)
            {
                foreach (var element in array)
                {
                    Reduce(element);
                }
            }
            else if (node is JsonObject fields)
            {
                foreach (var name in fields.Select(field => field.Key).ToList())
                {
                    if (children.TryGetValue(name, out var child))
                    {
                        child.Reduce(fields[name]);
                    }
                    else
                    {
                        fields.Remove(name);
                    }
                }
            }
        }
    }
}
