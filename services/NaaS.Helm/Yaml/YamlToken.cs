namespace NaaS.Helm.Yaml;

internal enum TokenKind
{
    StreamStart,
    StreamEnd,
    VersionDirective,
    TagDirective,
    DocumentStart,
    DocumentEnd,
    BlockSequenceStart,
    BlockMappingStart,
    BlockEnd,
    FlowSequenceStart,
    FlowSequenceEnd,
    FlowMappingStart,
    FlowMappingEnd,
    BlockEntry,
    FlowEntry,
    Key,
    Value,
    Alias,
    Anchor,
    Tag,
    Scalar,
}

/// <summary>Position in characters: index from the start, line and column from 0.</summary>
internal readonly record struct Mark(int Index, int Line, int Column);

/// <summary>
/// A token. Value is a scalar's text, an anchor's name, a tag's handle or the version of a %YAML directive; Suffix a tag's suffix or the
/// prefix of a %TAG directive; IsPlain tells a scalar that is unquoted and no block scalar.
/// </summary>
internal readonly record struct Token(TokenKind Kind, Mark Start, Mark End, string Value = "", string Suffix = "", bool IsPlain = false);
