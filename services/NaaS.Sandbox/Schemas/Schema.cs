using System.Text.Json.Nodes;

namespace NaaS.Sandbox.Schemas;

/// <summary>What kind of JSON a field holds.</summary>
internal enum SchemaType
{
    /// <summary>Anything at all, kept as it is.</summary>
    Any,

    /// <summary>An object with named fields.</summary>
    Object,

    /// <summary>An object with free keys.</summary>
    Map,

    /// <summary>A list.</summary>
    List,

    /// <summary>A text.</summary>
    String,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>A whole number or a text.</summary>
    IntOrString,
}

/// <summary>
/// The shape of a value: enough of OpenAPI to prune, default, validate, merge by keys (server-side apply, strategic patch) and to describe
/// itself to kubectl. Built from Kubernetes' models, from OCM's tables, or from a CustomResourceDefinition.
/// </summary>
internal sealed record Schema
{
    private static readonly Dictionary<string, Schema> NoFields = [];

    /// <summary>A shape that takes everything.</summary>
    public static readonly Schema Anything = new() { Type = SchemaType.Any };

    private IReadOnlyDictionary<string, Schema>? _fields;
    private Schema? _items;

    public required SchemaType Type { get; init; }

    /// <summary>The fields of an object. Filled lazily where kinds nest without end.</summary>
    public IReadOnlyDictionary<string, Schema> Fields => _fields ??= FieldsOf?.Invoke() ?? NoFields;

    /// <summary>Gives the fields when they are first asked for.</summary>
    public Func<IReadOnlyDictionary<string, Schema>>? FieldsOf
    {
        get;
        init
        {
            // A copy with other fields must not keep those that were read before.
            field = value;
            _fields = null;
        }
    }

    /// <summary>Shape of a list's items or a map's values.</summary>
    public Schema Items => _items ??= ItemsOf?.Invoke() ?? Anything;

    /// <summary>Gives the item's shape when it is first asked for.</summary>
    public Func<Schema>? ItemsOf
    {
        get;
        init
        {
            field = value;
            _items = null;
        }
    }

    /// <summary>Server-side apply: the fields that tell a list's items apart, or null for an atomic list.</summary>
    public IReadOnlyList<string>? Keys { get; init; }

    /// <summary>Server-side apply: the items of the list are a set of plain values.</summary>
    public bool Set { get; init; }

    /// <summary>Server-side apply: the object is owned as a whole.</summary>
    public bool Atomic { get; init; }

    /// <summary>Strategic merge patch: the key by which lists are merged, or null where lists are replaced.</summary>
    public string? PatchKey { get; init; }

    /// <summary>Strategic merge patch: plain values are merged, or only the keys named stay (<c>retainKeys</c>).</summary>
    public string? PatchStrategy { get; init; }

    /// <summary>Fields that are not named are kept.</summary>
    public bool KeepsUnknown { get; init; }

    /// <summary>The value is a Kubernetes object of its own: apiVersion, kind and metadata are checked.</summary>
    public bool Embedded { get; init; }

    /// <summary>null is a value.</summary>
    public bool Nullable { get; init; }

    public IReadOnlyList<string> Required { get; init; } = [];

    public IReadOnlyList<string> Enum { get; init; } = [];

    /// <summary>Filled in where the field is missing.</summary>
    public JsonNode? Default { get; init; }

    public string? Pattern { get; init; }

    public double? Minimum { get; init; }

    public double? Maximum { get; init; }

    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }

    public int? MinItems { get; init; }

    public int? MaxItems { get; init; }

    /// <summary>OpenAPI format: int32, int64, date-time, byte ...</summary>
    public string? Format { get; init; }

    /// <summary>What kubectl explain prints.</summary>
    public string? Description { get; init; }

    /// <summary>Name of the definition, where the shape has one (<c>io.k8s.api.apps.v1.Deployment</c>).</summary>
    public string? Name { get; init; }
}
