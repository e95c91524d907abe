using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Cel;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Works.Rules;

/// <summary>Evaluates a manifest's <c>conditionRules</c> on the object as it is on the cluster.</summary>
internal static class ConditionRules
{
    public static IEnumerable<Condition> Evaluate(JsonObject source, JsonArray? rules) =>
        (rules ?? []).OfType<JsonNode>().SelectMany(rule => Evaluate(source, rule));

    private static IEnumerable<Condition> Evaluate(JsonObject source, JsonNode rule)
    {
        if (rule.Str("type") == "WellKnownConditions")
        {
            return WellKnown(source, rule.Str("condition")) is { } known ? [known] : [];
        }

        var type = rule.Str("condition") ?? "";
        try
        {
            var holds = rule.Texts("celExpressions")
                .All(expression => CelExpression.Compile(expression, "object").EvaluateBool(("object", source)));
            return [Of(type, holds, "ConditionRuleEvaluated", Message(source, rule, type, holds))];
        }
        catch (CelException problem)
        {
            return [Of(type, false, "ConditionRuleExpressionError", problem.Message)];
        }
    }

    private static string Message(JsonObject source, JsonNode rule, string type, bool holds)
    {
        if (rule.Str("messageExpression") is { Length: > 0 } expression)
        {
            return CelExpression.Compile(expression, "object", "result").Evaluate(("object", source), ("result", holds)) as string
                ?? throw new CelException("expected string result from messageExpression");
        }

        return rule.Str("message") is { Length: > 0 } message ? message : $"Manifest is {(holds ? "" : "not ")}{type}";
    }

    // Only Complete, for Job and Pod, is known to OCM.
    private static Condition? WellKnown(JsonObject source, string? condition)
    {
        if (condition != "Complete")
        {
            return null;
        }

        bool? finished = source.Kind() switch
        {
            "Job" => source.ConditionIsTrue("Complete") || source.ConditionIsTrue("Failed"),
            "Pod" => source.Str("status", "phase") is "Succeeded" or "Failed",
            _ => null,
        };
        return finished is { } done
            ? Of("Complete", done, "ConditionRuleEvaluated", $"{source.Kind()} is {(done ? "" : "not ")}finished")
            : null;
    }

    private static Condition Of(string type, bool holds, string reason, string message) =>
        new(type, Condition.Text(holds), reason, message);
}
