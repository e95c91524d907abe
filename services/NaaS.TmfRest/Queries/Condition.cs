using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NaaS.TmfRest.Queries;

/// <summary>One condition of a query.</summary>
/// <param name="Attribute">The attribute.</param>
/// <param name="Operator">The comparison.</param>
/// <param name="Values">The values, any of which may fit.</param>
internal sealed record Condition(AttributePath Attribute, Operator Operator, IReadOnlyList<Pattern> Values)
{
    /// <summary>Whether a document with this map meets the condition: the same answer as the database gives.</summary>
    public bool Matches(SearchMap map)
    {
        var stored = map.At(Attribute.Path);
        return Operator == Operator.NotEqual
            ? !stored.Any(value => Values.Any(pattern => Holds(Operator.Equal, value, pattern)))
            : stored.Any(value => Values.Any(pattern => Holds(Operator, value, pattern)));
    }

    private bool Holds(Operator comparison, JsonValue stored, Pattern pattern) => comparison switch
    {
        Operator.Equal when pattern.Wildcards is not null =>
            stored.TryGetValue<string>(out var text) && Regex.IsMatch(text, pattern.Wildcards, RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking),
        Operator.Equal => pattern.Literal.Equal(stored, Attribute.Kind),
        Operator.Greater => pattern.Literal.Compare(stored, Attribute.Kind) > 0,
        Operator.GreaterOrEqual => pattern.Literal.Compare(stored, Attribute.Kind) >= 0,
        Operator.Less => pattern.Literal.Compare(stored, Attribute.Kind) < 0,
        Operator.LessOrEqual => pattern.Literal.Compare(stored, Attribute.Kind) <= 0,
        Operator.Regex => stored.TryGetValue<string>(out var text) && Regex.IsMatch(text, pattern.Raw, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking),
        _ => throw new InvalidOperationException($"{comparison} is not a comparison of single values."),
    };
}
