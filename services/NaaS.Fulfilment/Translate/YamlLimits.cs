namespace NaaS.Fulfilment.Translate;

/// <summary>
/// Bounds on a YAML document from outside; crossing one is a refusal, not a slow server. Nesting and aliases are bounded by the reader itself.
/// </summary>
public sealed record YamlLimits
{
    /// <summary>Most bytes of text, after base64.</summary>
    public int Bytes { get; init; } = 1024 * 1024;
}
