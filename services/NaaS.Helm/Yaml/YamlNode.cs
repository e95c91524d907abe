namespace NaaS.Helm.Yaml;

internal enum NodeKind
{
    Scalar,
    Sequence,
    Mapping,
    Alias,
}

/// <summary>A node of a document; a mapping's children are key, value, key, value ...</summary>
internal sealed class YamlNode(NodeKind kind, int line)
{
    // Most nodes are scalars, which have none; nothing is ever added to theirs.
    private static readonly List<YamlNode> None = [];

    public NodeKind Kind { get; } = kind;

    /// <summary>Line from 0.</summary>
    public int Line { get; } = line;

    public string Tag { get; init; } = "";

    public string Value { get; init; } = "";

    /// <summary>A plain scalar without a tag: its text decides its type.</summary>
    public bool Implicit { get; init; }

    public YamlNode? Target { get; init; }

    public List<YamlNode> Children { get; } = kind is NodeKind.Sequence or NodeKind.Mapping ? [] : None;

    /// <summary>Whether this key asks for another mapping's entries.</summary>
    public bool IsMerge => Kind == NodeKind.Scalar && Value == "<<" && (Implicit || Tag == "tag:yaml.org,2002:merge");
}
