using System.Text.Json.Nodes;

namespace NaaS.Tmf.Characteristics;

/// <summary>
/// What the catalogue says to wanted characteristics. One engine for orders, changes, previews and published specifications; pure,
/// it knows neither charts nor clusters.
/// </summary>
/// <param name="options">Names and bounds of the installation.</param>
/// <param name="clock">Tells which values are valid now.</param>
public sealed class RuleEngine(CharacteristicOptions options, TimeProvider clock)
{
    private readonly DeployableRules deployable = new(options.Names);

    /// <summary>
    /// Checks all wanted characteristics of a service and fills in the defaults of the others.
    /// </summary>
    /// <param name="rules">The service's specification.</param>
    /// <param name="wanted">All that the customer wants; what is absent takes its default.</param>
    /// <param name="running">What holds now, where the service exists: to repeat it is always right.</param>
    /// <param name="lenient">Whether what the customer cannot set is ignored instead of refused (OpenSlice sends everything back).</param>
    public RuleOutcome Check(
        SpecificationRules rules, IReadOnlyList<WantedCharacteristic> wanted, IReadOnlyList<WantedCharacteristic>? running = null, bool lenient = false)
    {
        var asked = wanted.Where(one => !ReservedNames.IsStatus(one.Name)).ToDictionary(one => one.Name);
        var present = (running ?? []).ToDictionary(one => one.Name, one => one.Value);
        var violations = new List<Violation>();
        var unsettable = new List<Violation>();
        var accepted = new List<AcceptedCharacteristic>();
        foreach (var rule in rules.Rules.Where(rule => rule.ValidFor.Contains(clock.GetUtcNow())).DistinctBy(rule => rule.Name))
        {
            asked.Remove(rule.Name, out var one);
            present.TryGetValue(rule.Name, out var now);
            var chosen = Choose(rule, one?.Value, now, unsettable);
            if (chosen is null)
            {
                violations.AddRange(Missing(rule));
                continue;
            }

            violations.AddRange(Complaints(rule, chosen, now));
            accepted.Add(new(rule.Name, rule.ValueType, chosen.DeepClone(), IsDefault(rule, chosen), rule.IsSecret || options.IsSecret(rule.Name)));
        }

        violations.AddRange(Related(rules, accepted).Except(Related(rules, Running(rules, present))));

        // What a preview gave goes with any change, whether the specification lists it or not.
        if (asked.Remove(options.Names.PlanDigest, out var digest) && digest.Value is { } agreed && !IsEmpty(agreed))
        {
            accepted.Add(new(digest.Name, "TEXT", agreed.DeepClone(), IsDefault: false, IsSecret: false));
        }

        unsettable.AddRange(asked.Values.Select(one => ReservedNames.Complaint(one.Name) is { } reason
            ? new Violation(one.Name, ViolationKind.Reserved, reason)
            : new Violation(one.Name, ViolationKind.Unknown, $"is not a characteristic of '{rules.Name}'")));
        return lenient ? new(accepted, violations, unsettable) : new(accepted, [.. violations, .. unsettable], []);
    }

    private IEnumerable<Violation> Related(SpecificationRules rules, IReadOnlyList<AcceptedCharacteristic> values) =>
        CharacteristicRelationship.Complaints(rules.Rules, rules.Id, values, clock.GetUtcNow());

    private static List<AcceptedCharacteristic> Running(SpecificationRules rules, Dictionary<string, JsonNode?> present) =>
    [
        .. rules.Rules.Where(rule => present.GetValueOrDefault(rule.Name) is not null).Select(rule =>
            new AcceptedCharacteristic(rule.Name, rule.ValueType, present[rule.Name]!, IsDefault(rule, present[rule.Name]), rule.IsSecret)),
    ];

    // An empty value means not given: then the default holds.
    private static JsonNode? Choose(CharacteristicRule rule, JsonNode? asked, JsonNode? running, List<Violation> unsettable)
    {
        var isGiven = asked is not null && !IsEmpty(asked);
        if (!rule.Configurable)
        {
            var settled = running ?? rule.Default;
            if (isGiven && !ValueTypes.Same(rule.ValueType, asked, settled) && !ValueTypes.Same(rule.ValueType, asked, rule.Default))
            {
                unsettable.Add(new(rule.Name, ViolationKind.NotConfigurable, "is set by the provider and cannot be ordered"));
            }

            return settled;
        }

        return isGiven ? asked : rule.Default ?? asked;
    }

    private static bool IsEmpty(JsonNode value) => value is JsonValue && ValueText.Of(value).Length == 0;

    private static bool IsDefault(CharacteristicRule rule, JsonNode? chosen) =>
        rule.Default is { } standard && ValueTypes.Same(rule.ValueType, chosen, standard);

    private static IEnumerable<Violation> Missing(CharacteristicRule rule) =>
        rule.Least > 0 && rule.Configurable ? [new(rule.Name, ViolationKind.Cardinality, "is mandatory")] : [];

    private IEnumerable<Violation> Complaints(CharacteristicRule rule, JsonNode chosen, JsonNode? running)
    {
        if (IsEmpty(chosen))
        {
            return Missing(rule);
        }

        // What runs was admitted once; a specification that has changed since does not forbid other changes.
        if (running is not null && ValueTypes.Same(rule.ValueType, chosen, running))
        {
            return [];
        }

        if (ValueText.Of(chosen).Length > options.LongestValue)
        {
            return [new(rule.Name, ViolationKind.Value, $"is longer than {options.LongestValue} characters")];
        }

        var complaint = ValueRules.Complaint(rule, chosen, clock.GetUtcNow()) ?? deployable.Complaint(rule.Name, ValueText.Of(chosen));
        return complaint is null ? [] : [complaint];
    }
}
