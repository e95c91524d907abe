namespace NaaS.Fulfilment.Translate;

/// <summary>Bounds on a YAML document from outside; crossing one is a refusal, not a slow server.</summary>
public sealed record YamlLimits
{
    /// <summary>Most bytes of text, after base64.</summary>
    public int Bytes { get; init; } = 1024 * 1024;

    /// <summary>Deepest nesting.</summary>
    public int Depth { get; init; } = 64;

    /// <summary>Most nodes once aliases are followed (billion laughs).</summary>
    public int Nodes { get; init; } = 200_000;
}
