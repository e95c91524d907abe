using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NaaS.Tmf.Characteristics;

/// <summary>Cardinality, type, pattern, range and enumeration of one characteristic's value.</summary>
internal static class ValueRules
{
    private static readonly TimeSpan PatternLimit = TimeSpan.FromMilliseconds(100);

    /// <summary>The first rule that the value breaks, or null.</summary>
    public static Violation? Complaint(CharacteristicRule rule, JsonNode value, DateTimeOffset now)
    {
        if (rule.Values.Any(entry => entry.IsDiscrete && entry.ValidFor.Contains(now) && ValueTypes.Same(rule.ValueType, value, entry.Value)))
        {
            return null;
        }

        if (!rule.TakesSeveral)
        {
            return ValueTypes.Complaint(rule.ValueType, value) is { } reason
                ? new(rule.Name, ViolationKind.Type, Told(rule, value, reason))
                : OfOne(rule, value, now);
        }

        var values = Several(value);
        if (values.Count < rule.Least)
        {
            return new(rule.Name, ViolationKind.Cardinality, $"needs at least {rule.Least} values");
        }

        if (values.Count > rule.Most)
        {
            return new(rule.Name, ViolationKind.Cardinality, $"takes at most {rule.Most} values");
        }

        return values.Select(one => OfElement(rule, one, now)).FirstOrDefault(complaint => complaint is not null);
    }

    private static List<JsonNode?> Several(JsonNode value) =>
        ValueTypes.Json(value, ValueText.Of(value)) is JsonArray several ? [.. several.Select(ValueText.Unwrap)] : [value];

    private static Violation? OfElement(CharacteristicRule rule, JsonNode? value, DateTimeOffset now)
    {
        var type = ValueTypes.IsCollection(rule.ValueType)
            ? rule.Values.Select(entry => entry.ValueType).FirstOrDefault(type => !ValueTypes.IsCollection(type)) ?? ""
            : rule.ValueType;
        return ValueTypes.Complaint(type, value) is { } reason
            ? new(rule.Name, ViolationKind.Type, Told(rule, value, reason))
            : OfOne(rule, value, now);
    }

    private static Violation? OfOne(CharacteristicRule rule, JsonNode? value, DateTimeOffset now)
    {
        var text = ValueText.Of(value);
        if (rule.Regex is { } regex && !Matches(regex, text))
        {
            return new(rule.Name, ViolationKind.Value, Told(rule, value, $"does not match {regex}"));
        }

        var limits = rule.Values.Where(entry => entry.IsRange || entry.Regex is not null || (rule.IsClosed && entry.IsDiscrete)).ToList();
        if (rule.Extensible || limits.Count == 0 || rule.Values.Any(entry => entry.ValidFor.Contains(now) && Admits(rule, entry, value, text)))
        {
            return null;
        }

        return new(rule.Name, ViolationKind.Value, Told(rule, value, Alternatives([.. limits.Where(entry => entry.ValidFor.Contains(now))])));
    }

    private static bool Admits(CharacteristicRule rule, AllowedValue entry, JsonNode? value, string text)
    {
        if (entry.IsDiscrete)
        {
            return ValueTypes.Same(rule.ValueType, value, entry.Value);
        }

        return (entry.IsRange || entry.Regex is not null)
            && (!entry.IsRange || (ValueTypes.TryNumber(text, out var number) && entry.InRange(number)))
            && (entry.Regex is not { } regex || Matches(regex, text));
    }

    private static string Alternatives(List<AllowedValue> limits) => limits.Count == 0
        ? "is not valid now"
        : string.Join(" and ", limits.Where(entry => !entry.IsDiscrete).Select(Refusal).Concat(Enumeration(limits)));

    private static string Refusal(AllowedValue entry) => (entry.IsRange, entry.Regex) switch
    {
        (true, null) => $"is not in {entry.RangeText}",
        (true, { } regex) => $"is not in {entry.RangeText} or does not match {regex}",
        _ => $"does not match {entry.Regex}",
    };

    private static IEnumerable<string> Enumeration(List<AllowedValue> limits)
    {
        var listed = limits.Where(entry => entry.IsDiscrete).Select(entry => ValueText.Of(entry.Value)).ToList();
        return listed.Count == 0 ? [] : [$"is not one of {string.Join(", ", listed)}"];
    }

    // A specification's pattern is somebody's input: the whole text, in bounded time; one that cannot be run admits nothing.
    private static bool Matches(string pattern, string text)
    {
        try
        {
            return Regex.IsMatch(text, $@"\A(?:{pattern})\z", RegexOptions.CultureInvariant, PatternLimit);
        }
        catch (Exception e) when (e is RegexMatchTimeoutException or RegexParseException)
        {
            return false;
        }
    }

    private static string Told(CharacteristicRule rule, JsonNode? value, string reason)
    {
        var text = ValueText.Of(value);
        return rule.IsSecret || text.Length > 80 ? $"the value {reason}" : $"{text} {reason}";
    }
}
