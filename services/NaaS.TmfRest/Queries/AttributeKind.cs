namespace NaaS.TmfRest.Queries;

/// <summary>How the values of an attribute compare.</summary>
internal enum AttributeKind
{
    /// <summary>As text, by code points; date-times as instants.</summary>
    Text,

    /// <summary>As numbers.</summary>
    Number,

    /// <summary>Whatever the value is.</summary>
    Any,
}
