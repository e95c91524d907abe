using NaaS.Helm.Go;

namespace NaaS.Helm.Schema;

/// <summary>A compiled schema. Unset keywords are null.</summary>
internal sealed class SchemaNode(SchemaDocument document, string pointer, int draft)
{
    private static readonly Dictionary<string, SchemaNode> NoProperties = [];
    private static readonly List<(GoRegex Pattern, SchemaNode Node)> NoPatterns = [];

    /// <summary>URL with a JSON pointer: what messages and cycles tell it by.</summary>
    public string Location => $"{document.Url}#{pointer}";

    /// <summary>4, 6, 7, 2019 or 2020.</summary>
    public int Draft { get; } = draft;

    public bool? Always { get; set; }

    public IReadOnlyList<string>? Types { get; set; }

    public (object? Value, bool Given) Const { get; set; }

    public IReadOnlyList<object?>? Enum { get; set; }

    public (string Name, Func<string, string?> Check)? Format { get; set; }

    public SchemaNode? Ref { get; set; }

    public SchemaNode? RecursiveRef { get; set; }

    public bool RecursiveAnchor { get; set; }

    public (SchemaNode Node, string Anchor)? DynamicRef { get; set; }

    public string DynamicAnchor { get; set; } = "";

    /// <summary>The schema resource that this one stands in.</summary>
    public SchemaResource? Resource { get; set; }

    public SchemaNode[] AllOf { get; set; } = [];

    public SchemaNode[] AnyOf { get; set; } = [];

    public SchemaNode[] OneOf { get; set; } = [];

    public SchemaNode? Not { get; set; }

    public SchemaNode? If { get; set; }

    public SchemaNode? Then { get; set; }

    public SchemaNode? Else { get; set; }

    public int? MinProperties { get; set; }

    public int? MaxProperties { get; set; }

    public IReadOnlyList<string> Required { get; set; } = [];

    public Dictionary<string, SchemaNode> Properties { get; set; } = NoProperties;

    public List<(GoRegex Pattern, SchemaNode Node)> PatternProperties { get; set; } = NoPatterns;

    public SchemaNode? AdditionalProperties { get; set; }

    public SchemaNode? PropertyNames { get; set; }

    public SchemaNode? UnevaluatedProperties { get; set; }

    /// <summary>What members ask of the others: <c>dependencies</c>.</summary>
    public (string Property, IReadOnlyList<string>? Required, SchemaNode? Node)[] Dependencies { get; set; } = [];

    /// <summary>The same since 2019: <c>dependentSchemas</c> and <c>dependentRequired</c>.</summary>
    public (string Property, IReadOnlyList<string>? Required, SchemaNode? Node)[] Dependents { get; set; } = [];

    public int? MinItems { get; set; }

    public int? MaxItems { get; set; }

    public bool UniqueItems { get; set; }

    /// <summary>Schemas of the first items: <c>prefixItems</c>, or a list under <c>items</c> before 2020.</summary>
    public SchemaNode[] PrefixItems { get; set; } = [];

    /// <summary>Schema of all further items.</summary>
    public SchemaNode? Items { get; set; }

    /// <summary>Whether <see cref="Items"/> came from <c>additionalItems</c>, whose <c>false</c> has a message of its own.</summary>
    public bool ItemsAreAdditional { get; set; }

    public SchemaNode? UnevaluatedItems { get; set; }

    public SchemaNode? Contains { get; set; }

    public int? MinContains { get; set; }

    public int? MaxContains { get; set; }

    public int? MinLength { get; set; }

    public int? MaxLength { get; set; }

    public (GoRegex Regex, string Text)? Pattern { get; set; }

    public ExactNumber? Minimum { get; set; }

    public ExactNumber? Maximum { get; set; }

    public ExactNumber? ExclusiveMinimum { get; set; }

    public ExactNumber? ExclusiveMaximum { get; set; }

    public ExactNumber? MultipleOf { get; set; }
}

/// <summary>A document or a part of one with an identifier of its own.</summary>
/// <param name="url">The identifier, absolute, without a fragment.</param>
/// <param name="root">The schema itself.</param>
/// <param name="pointer">Where it stands in its document.</param>
/// <param name="document">The document.</param>
/// <param name="draft">4, 6, 7, 2019 or 2020.</param>
internal sealed class SchemaResource(string url, object? root, string pointer, SchemaDocument document, int draft)
{
    public string Url { get; } = url;

    public object? Root { get; } = root;

    public string Pointer { get; } = pointer;

    public SchemaDocument Document { get; } = document;

    public int Draft { get; } = draft;

    /// <summary>Pointers in the document by anchor.</summary>
    public Dictionary<string, string> Anchors { get; } = new(StringComparer.Ordinal);

    /// <summary>Pointers in the document by dynamic anchor.</summary>
    public Dictionary<string, string> DynamicAnchors { get; } = new(StringComparer.Ordinal);

    /// <summary>Compiled schemas by dynamic anchor.</summary>
    public Dictionary<string, SchemaNode> Dynamic { get; } = new(StringComparer.Ordinal);
}

/// <summary>A schema document.</summary>
/// <param name="url">Where it came from.</param>
/// <param name="root">Its JSON.</param>
internal sealed class SchemaDocument(string url, object? root)
{
    public string Url { get; } = url;

    public object? Root { get; } = root;

    /// <summary>Resources by pointer.</summary>
    public Dictionary<string, SchemaResource> Resources { get; } = new(StringComparer.Ordinal);

    /// <summary>The resource that a place in the document belongs to.</summary>
    public SchemaResource ResourceAt(string pointer)
    {
        while (true)
        {
            if (Resources.TryGetValue(pointer, out var resource))
            {
                return resource;
            }

            pointer = pointer[..Math.Max(pointer.LastIndexOf('/'), 0)];
        }
    }
}
