using System.Text.Json.Nodes;
using NaaS.ClusterHub.Clusters;

namespace NaaS.Fulfilment.Place;

/// <summary>Evaluates the predicates of a Placement: one of them must hold, and all that stands inside it.</summary>
internal static class ClusterPredicates
{
    private static readonly string CelName = PlacementSpec.IsCluster("");
    private static readonly string CelNotName = PlacementSpec.IsNotCluster("");

    /// <summary>
    /// What is missing for the predicate that comes closest; empty where one holds. CEL other than our own expressions is left to OCM: it counts as true.
    /// </summary>
    public static IReadOnlyList<string> Reasons(JsonArray? predicates, ManagedCluster cluster) =>
        predicates is not { Count: > 0 }
            ? []
            : predicates.OfType<JsonObject>().Select(predicate => Missing(predicate.Map("requiredClusterSelector"), cluster)).MinBy(missing => missing.Count) ?? [];

    private static List<string> Missing(JsonObject selector, ManagedCluster cluster) =>
    [
        .. Unmet(selector.Map("labelSelector"), "label", cluster.Labels),
        .. Unmet(selector.Map("claimSelector"), "claim", cluster.Claims),
        .. selector.Texts("celSelector", "celExpressions")
            .Select(expression => Named(CelName, expression))
            .Where(name => name is not null && name != cluster.Name)
            .Select(name => $"is not {name}"),
        .. selector.Texts("celSelector", "celExpressions")
            .Where(expression => Named(CelNotName, expression) == cluster.Name)
            .Select(_ => "is avoided for a while, since the change failed there"),
    ];

    private static string? Named(string pattern, string expression) =>
        expression.StartsWith(pattern[..^1], StringComparison.Ordinal) && expression.EndsWith('"') ? expression[(pattern.Length - 1)..^1] : null;

    private static IEnumerable<string> Unmet(JsonObject selector, string what, IReadOnlyDictionary<string, string> has)
    {
        foreach (var (key, value) in selector.Pairs("matchLabels"))
        {
            if (Expression(what, key, "In", [value], has) is { } reason)
            {
                yield return reason;
            }
        }

        foreach (var requirement in selector.Maps("matchExpressions"))
        {
            var values = requirement.Texts("values").ToList();
            if (Expression(what, requirement.Text("key"), requirement.Text("operator"), values, has) is { } reason)
            {
                yield return reason;
            }
        }
    }

    private static string? Expression(string what, string key, string @operator, List<string> values, IReadOnlyDictionary<string, string> has)
    {
        var value = has.GetValueOrDefault(key);
        return @operator switch
        {
            "In" when value is null => $"{what} {key}={string.Join("|", values)} missing",
            "In" when !values.Contains(value) => $"{what} {key}={string.Join("|", values)} missing (is {value})",
            "NotIn" when value is not null && values.Contains(value) => $"{what} {key} is {value}",
            "Exists" when value is null => $"{what} {key} missing",
            "DoesNotExist" when value is not null => $"{what} {key} is {value}",
            "In" or "NotIn" or "Exists" or "DoesNotExist" => null,
            _ => $"{what} {key}: unknown operator \"{@operator}\"",
        };
    }
}
