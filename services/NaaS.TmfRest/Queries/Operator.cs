namespace NaaS.TmfRest.Queries;

/// <summary>Comparison of a query. All but <see cref="NotEqual"/> hold if any value of the attribute meets them.</summary>
internal enum Operator
{
    /// <summary>One of the values, which may contain <c>*</c>.</summary>
    Equal,

    /// <summary>None of the values; an absent attribute meets it. Not in TMF630.</summary>
    NotEqual,

    /// <summary>Greater.</summary>
    Greater,

    /// <summary>Greater or equal.</summary>
    GreaterOrEqual,

    /// <summary>Less.</summary>
    Less,

    /// <summary>Less or equal.</summary>
    LessOrEqual,

    /// <summary>Matches the regular expression.</summary>
    Regex,
}
