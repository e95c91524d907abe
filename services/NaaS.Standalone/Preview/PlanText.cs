using System.Text;
using System.Text.Json.Nodes;

namespace NaaS.Standalone.Preview;

/// <summary>A plan to be read by people: + comes, ~ changes, - goes.</summary>
internal static class PlanText
{
    public static string Of(JsonObject answer)
    {
        var text = new StringBuilder();
        foreach (var item in Objects(answer["serviceQualificationItem"]))
        {
            Write(text, item);
        }

        return text.ToString().TrimEnd();
    }

    private static void Write(StringBuilder text, JsonObject item)
    {
        var plan = item["plan"] as JsonObject;
        text.Append($"item {item["id"]}: {plan?["outcome"] ?? item["qualificationResult"]}");
        text.AppendLine(plan?["chartVersion"] is { } version ? $", chart {version} ({plan["chartDigest"]})" : "");
        foreach (var reason in Objects(item["eligibilityUnavailabilityReason"]))
        {
            text.AppendLine($"  {reason["label"]}");
        }

        foreach (var component in Objects(plan?["component"]))
        {
            var cluster = component["cluster"] ?? "no cluster";
            var from = component["before"] is { } before && before.ToString() != cluster.ToString() ? $"{before} -> " : "";
            text.AppendLine($"  {component["workload"]}: {from}{cluster} ({component["reason"]})");
        }

        foreach (var o in Objects(plan?["object"]))
        {
            text.AppendLine($"  {Sign((string?)o["action"])} {o["cluster"]} {o["kind"]}/{(o["namespace"] is { } ns ? ns + "/" : "")}{o["name"]}");
            foreach (var field in Objects(o["field"]))
            {
                text.AppendLine($"      {field["path"]}: {field["before"] ?? "(none)"} -> {field["after"] ?? "(none)"}");
            }
        }

        if (plan?["digest"] is { } digest)
        {
            text.AppendLine($"  plan digest {digest}");
        }
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? list) => (list as JsonArray ?? []).OfType<JsonObject>();

    private static char Sign(string? action) => action switch
    {
        "add" => '+',
        "remove" => '-',
        _ => '~',
    };
}
