using System.Text.Json.Nodes;

namespace NaaS.Fulfilment.Bundle;

/// <summary>Kubernetes' selectors over labels.</summary>
internal static class Selectors
{
    /// <summary>A Service's selector: every pair must be there; an empty one selects nothing.</summary>
    public static bool SelectsAll(JsonObject pairs, IReadOnlyDictionary<string, string> labels) =>
        pairs.Count > 0 && pairs.All(pair => labels.TryGetValue(pair.Key, out var value) && value == pair.Value.Text());

    /// <summary>A LabelSelector (matchLabels and matchExpressions, ANDed); an empty one selects everything.</summary>
    public static bool Matches(JsonObject selector, IReadOnlyDictionary<string, string> labels) =>
        selector.Map("matchLabels").All(pair => labels.TryGetValue(pair.Key, out var value) && value == pair.Value.Text())
        && selector.Maps("matchExpressions").All(requirement => Holds(requirement, labels));

    private static bool Holds(JsonObject requirement, IReadOnlyDictionary<string, string> labels)
    {
        var has = labels.TryGetValue(requirement.Text("key"), out var value);
        return requirement.Text("operator") switch
        {
            "In" => has && requirement.Texts("values").Contains(value),
            "NotIn" => !has || !requirement.Texts("values").Contains(value),
            "Exists" => has,
            "DoesNotExist" => !has,
            _ => false,
        };
    }
}
