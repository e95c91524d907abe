using System.Text.Json.Nodes;

namespace NaaS.Standalone.Specification;

/// <summary>A single value of a chart that a customer may set.</summary>
/// <param name="Path">Keys from the root.</param>
/// <param name="Text">Its default as text.</param>
/// <param name="Kind">What it is in YAML.</param>
/// <param name="Comment">What values.yaml says of it; empty where nothing.</param>
/// <param name="Schema">What values.schema.json says of it; null where nothing.</param>
internal sealed record ValueLeaf(IReadOnlyList<string> Path, string Text, LeafKind Kind, string Comment, JsonObject? Schema)
{
    /// <summary>The path as Helm's <c>--set</c> writes it.</summary>
    public string Knob { get; } = string.Join('.', Path.Select(key => key.Replace(".", "\\.", StringComparison.Ordinal)));
}

/// <summary>Kinds of values.</summary>
internal enum LeafKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>Any other number.</summary>
    Number,

    /// <summary>Yes or no.</summary>
    Flag,
}
