using System.Text;
using System.Text.Json.Nodes;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Fields;

/// <summary>
/// A set of fields as a tree, written as <c>FieldsV1</c>: <c>f:name</c> is a field, <c>k:{...}</c> an item of a keyed list, <c>v:...</c> a
/// value of a set. A node may be in the set itself, have fields below it in the set, or both. Results of set operations share nodes with
/// their operands, so a set is not changed once it took part in one.
/// </summary>
internal sealed class FieldSet
{
    private SortedDictionary<string, FieldSet>? _children;

    /// <summary>Whether the field itself is in the set.</summary>
    public bool Member { get; set; }

    /// <summary>Fields below, by element.</summary>
    public IReadOnlyDictionary<string, FieldSet> Children => _children ?? Nothing;

    public bool IsEmpty => !Member && (_children is null || _children.Count == 0);

    private static readonly SortedDictionary<string, FieldSet> Nothing = [];

    /// <summary>The node for an element below, made where missing.</summary>
    public FieldSet Below(string element)
    {
        _children ??= new SortedDictionary<string, FieldSet>(StringComparer.Ordinal);
        if (!_children.TryGetValue(element, out var child))
        {
            _children.Add(element, child = new FieldSet());
        }
        return child;
    }

    public FieldSet? Find(string element) => _children is not null && _children.TryGetValue(element, out var child) ? child : null;

    public FieldSet Union(FieldSet other)
    {
        var union = new FieldSet { Member = Member || other.Member };
        foreach (var element in Children.Keys.Union(other.Children.Keys))
        {
            var (mine, theirs) = (Find(element), other.Find(element));
            union.Put(element, mine is null ? theirs! : theirs is null ? mine : mine.Union(theirs));
        }
        return union;
    }

    /// <summary>What is in this set and not in the other.</summary>
    public FieldSet Without(FieldSet other)
    {
        var rest = new FieldSet { Member = Member && !other.Member };
        foreach (var (element, child) in Children)
        {
            rest.Put(element, other.Find(element) is { } theirs ? child.Without(theirs) : child);
        }
        return rest;
    }

    /// <summary>What is in both.</summary>
    public FieldSet Intersect(FieldSet other)
    {
        var both = new FieldSet { Member = Member && other.Member };
        foreach (var (element, child) in Children)
        {
            if (other.Find(element) is { } theirs)
            {
                both.Put(element, child.Intersect(theirs));
            }
        }
        return both;
    }

    public bool Same(FieldSet other) =>
        Member == other.Member && Children.Count == other.Children.Count
        && Children.All(c => other.Find(c.Key) is { } theirs && c.Value.Same(theirs));

    /// <summary>The paths in the set, as error messages spell them: <c>.spec.containers[name="a"].image</c>.</summary>
    public IEnumerable<string> Paths() => Paths("");

    public JsonObject ToJson()
    {
        var json = new JsonObject();
        if (Member && Children.Count > 0)
        {
            json["."] = new JsonObject();
        }
        foreach (var (element, child) in Children)
        {
            json[element] = child.ToJson();
        }
        return json;
    }

    public static FieldSet From(JsonObject? json)
    {
        var set = new FieldSet();
        foreach (var (element, below) in json ?? [])
        {
            if (element == ".")
            {
                set.Member = true;
                continue;
            }
            var child = From(below as JsonObject);
            child.Member |= child.Children.Count == 0;
            set.Put(element, child);
        }
        return set;
    }

    /// <summary>Puts a part below, unless it is empty.</summary>
    public void Put(string element, FieldSet child)
    {
        if (!child.IsEmpty)
        {
            (_children ??= new SortedDictionary<string, FieldSet>(StringComparer.Ordinal))[element] = child;
        }
    }

    private IEnumerable<string> Paths(string at)
    {
        if (Member)
        {
            yield return at;
        }
        foreach (var (element, child) in Children)
        {
            foreach (var path in child.Paths(at + Spelled(element)))
            {
                yield return path;
            }
        }
    }

    private static string Spelled(string element)
    {
        if (element.StartsWith("f:", StringComparison.Ordinal))
        {
            return "." + element[2..];
        }
        if (element.StartsWith("v:", StringComparison.Ordinal))
        {
            return $"[={element[2..]}]";
        }
        var text = new StringBuilder("[");
        foreach (var (key, value) in JsonNode.Parse(element[2..])!.AsObject())
        {
            text.Append(text.Length > 1 ? "," : "").Append(key).Append('=').Append(value?.ToJsonString(Json.Relaxed));
        }
        return text.Append(']').ToString();
    }
}
