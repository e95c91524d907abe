using System.Text.Json.Nodes;

namespace NaaS.Tmf.Characteristics;

/// <summary>What a ServiceSpecification says to orders: whether it can be ordered and what its characteristics may be.</summary>
public sealed class SpecificationRules
{
    private readonly Period validFor;
    private readonly string lifecycleStatus;

    private SpecificationRules(JsonObject specification)
    {
        Id = ValueText.Of(specification["id"]);
        Name = ValueText.Of(specification["name"]);
        lifecycleStatus = ValueText.Of(specification["lifecycleStatus"]);
        validFor = Period.Read(specification["validFor"]);
        var characteristics = specification["specCharacteristic"] ?? specification["serviceSpecCharacteristic"];
        Rules = [.. (characteristics as JsonArray ?? []).OfType<JsonObject>().Select(CharacteristicRule.Read).Where(rule => rule.Name.Length > 0)];
    }

    /// <summary>The specification's name.</summary>
    public string Name { get; }

    internal string Id { get; }

    internal IReadOnlyList<CharacteristicRule> Rules { get; }

    /// <summary>Reads a TMF633 serviceSpecification, in TMF's or OpenSlice's spelling.</summary>
    public static SpecificationRules From(JsonObject specification) => new(specification);

    /// <summary>Why it cannot be ordered now, or null: only Active and Launched ones can, while they are valid.</summary>
    public string? WhyNotOrderable(DateTimeOffset now)
    {
        var status = lifecycleStatus.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        if (status is not ("ACTIVE" or "LAUNCHED"))
        {
            return $"Service specification '{Name}' is {(lifecycleStatus.Length == 0 ? "In study" : lifecycleStatus)}; only Active and Launched ones can be ordered";
        }

        return validFor.Contains(now) ? null : $"Service specification '{Name}' is not valid now";
    }

    /// <summary>Names of the characteristics whose value no two services of the specification may share while they are in effect.</summary>
    public IReadOnlySet<string> UniqueNames() => Rules.Where(rule => rule.IsUnique).Select(rule => rule.Name).ToHashSet();

    /// <summary>Names of the characteristics that the specification marks secret.</summary>
    public IReadOnlySet<string> SecretNames() => Rules.Where(rule => rule.IsSecret).Select(rule => rule.Name).ToHashSet();
}
