using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Works.Rules;

/// <summary>Joins the rule conditions of a work's manifests into conditions of the work.</summary>
internal static class ConditionAggregation
{
    /// <summary>One condition for each type, by name: False wins, then Unknown; for Progressing True wins.</summary>
    public static IEnumerable<Condition> Aggregate(IEnumerable<JsonNode> ruleConditions, long generation) =>
        from condition in ruleConditions
        let type = condition.Str("type") ?? ""
        group condition by type into all
        orderby all.Key
        select Of(all.Key, [.. all], generation);

    private static Condition Of(string type, IReadOnlyList<JsonNode> all, long generation)
    {
        string[] precedence = type == "Progressing" ? ["True", "Unknown", "False"] : ["False", "Unknown", "True"];
        var status = precedence.First(candidate => all.Any(condition => condition.Str("status") == candidate));
        var decisive = all.Where(condition => condition.Str("status") == status).ToList();
        var message = decisive.Count == 1 ? decisive[0].Str("message") ?? "" : $"{decisive.Count} of {all.Count} manifests are {status} for {type}";
        return new Condition(type, status, "ConditionRulesAggregated", message, generation);
    }
}
