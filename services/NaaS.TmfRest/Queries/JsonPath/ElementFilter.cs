namespace NaaS.TmfRest.Queries.JsonPath;

/// <summary>A <c>filter</c> of TMF630 part 6: one element at the path must meet the whole condition.</summary>
/// <param name="Target">Path of the array (or object); empty for the resource itself.</param>
/// <param name="Condition">The condition on an element.</param>
internal sealed record ElementFilter(IReadOnlyList<string> Target, ElementCondition Condition);

/// <summary>A condition on an element.</summary>
internal abstract record ElementCondition
{
    /// <summary>Both hold.</summary>
    internal sealed record And(ElementCondition Left, ElementCondition Right) : ElementCondition;

    /// <summary>One of them holds.</summary>
    internal sealed record Or(ElementCondition Left, ElementCondition Right) : ElementCondition;

    /// <summary>It does not hold.</summary>
    internal sealed record Not(ElementCondition Inner) : ElementCondition;

    /// <summary>There is a value at the path.</summary>
    internal sealed record Exists(IReadOnlyList<string> Path) : ElementCondition;

    /// <summary>A value at the path compares so with the text, which is also taken as a number or boolean where it reads as one.</summary>
    internal sealed record Compares(IReadOnlyList<string> Path, Operator Operator, string Value) : ElementCondition;
}
