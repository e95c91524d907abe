using System.Text.Json;
using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Works.Feedback;

/// <summary>Reads a manifest's feedback rules from the object on the cluster, as OCM's status reader does.</summary>
internal static class FeedbackReader
{
    /// <summary>All values that can be read, and what went wrong with the rest.</summary>
    public static FeedbackResult Read(JsonObject source, JsonArray? rules)
    {
        var values = new JsonArray();
        var errors = new List<string>();
        foreach (var (name, path) in (rules ?? []).OfType<JsonNode>().SelectMany(rule => Paths(source, rule, errors)))
        {
            try
            {
                if (Value(source, name, path) is { } value)
                {
                    values.Add((JsonNode)new JsonObject { ["name"] = name, ["fieldValue"] = value });
                }
            }
            catch (JsonPathException problem)
            {
                errors.Add(problem.Message);
            }
        }

        return new FeedbackResult(values, errors);
    }

    private static IEnumerable<(string Name, string Path)> Paths(JsonObject source, JsonNode rule, List<string> errors)
    {
        if (rule.Str("type") != "WellKnownStatus")
        {
            return rule.Items("jsonPaths").Select(path => (path.Str("name") ?? "", path.Str("path") ?? ""));
        }

        var version = source.Str("apiVersion") ?? "";
        var known = WellKnownStatus.Of(version, source.Kind());
        if (known.Count == 0)
        {
            var group = version.Contains('/', StringComparison.Ordinal) ? version : "/" + version;
            errors.Add($"cannot find the wellknown statuses for resource with gvk {group}, Kind={source.Kind()}");
        }

        return known;
    }

    private static JsonObject? Value(JsonObject source, string name, string path)
    {
        JsonPath parsed;
        try
        {
            parsed = JsonPath.Parse(path);
        }
        catch (JsonPathException problem)
        {
            throw new JsonPathException($"failed to parse json path {path} of {name} with error: {problem.Message}");
        }

        try
        {
            return parsed.Find(source).FirstOrDefault() is { } found ? FieldValue(name, found) : null;
        }
        catch (JsonPathException problem) when (!problem.Message.StartsWith("the type", StringComparison.Ordinal))
        {
            throw new JsonPathException($"failed to find value for {name} with error: {problem.Message}");
        }
    }

    private static JsonObject FieldValue(string name, JsonNode found) => (found.GetValueKind(), found.Int()) switch
    {
        (JsonValueKind.String, _) => new() { ["type"] = "String", ["string"] = found.Str() },
        (JsonValueKind.True or JsonValueKind.False, _) => new() { ["type"] = "Boolean", ["boolean"] = found.Bool() },
        (JsonValueKind.Number, { } number) when Cel.CelValues.Of(found) is long => new() { ["type"] = "Integer", ["integer"] = number },
        _ => throw new JsonPathException($"the type {Cel.CelValues.GoType(Cel.CelValues.Of(found))} of the value for {name} is not found"),
    };
}

/// <summary>What was read and what failed.</summary>
/// <param name="Values">Entries of <c>statusFeedback.values</c>.</param>
/// <param name="Errors">One message for each rule or value that failed.</param>
internal sealed record FeedbackResult(JsonArray Values, IReadOnlyList<string> Errors);
