using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NaaS.TmfRest.Errors;

namespace NaaS.TmfRest.Patches;

/// <summary>
/// Paths of JSON Patch Query. Part 5 form: <c>/note/text?note.id=77456</c>, conditions joined by <c>&amp;</c>. Part 6 form:
/// <c>/note[?(@.id=='77456')]/text</c>, with or without <c>$.</c> and with dots for slashes, conditions joined by <c>&amp;&amp;</c>.
/// </summary>
internal static partial class PatchQuery
{
    /// <summary>The elements that a path selects, in the order of the document.</summary>
    public static IReadOnlyList<JsonPointer> Select(JsonNode document, string path)
    {
        var steps = path.Contains("[?", StringComparison.Ordinal) ? Part6(path) : Part5(path);
        var selected = new List<(List<string> Tokens, JsonNode? Node)> { ([], document) };
        for (var index = 0; index < steps.Count; index++)
        {
            var isLast = index == steps.Count - 1;
            selected = [.. selected.SelectMany(at => Follow(at.Tokens, at.Node, steps[index], isLast))];
        }

        return [.. selected.Select(at => new JsonPointer(at.Tokens))];
    }

    private static IEnumerable<(List<string> Tokens, JsonNode? Node)> Follow(List<string> tokens, JsonNode? node, Step step, bool isLast)
    {
        List<string> here = [.. tokens, step.Name];
        // The last step of an add need not exist yet.
        var child = node switch
        {
            JsonObject fields => fields.ContainsKey(step.Name) || isLast ? fields[step.Name] : null,
            JsonArray array when int.TryParse(step.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < array.Count => array[at],
            _ => null,
        };
        if (step.Conditions is null)
        {
            return child is null && !isLast ? [] : [(here, child)];
        }

        return child is JsonArray elements
            ? elements.Index().Where(element => step.Conditions.All(condition => condition.Holds(element.Item)))
                .Select(element => ((List<string>)[.. here, element.Index.ToString(CultureInfo.InvariantCulture)], element.Item))
            : [];
    }

    private static List<Step> Part5(string path)
    {
        var question = path.IndexOf('?', StringComparison.Ordinal);
        var names = (question < 0 ? path : path[..question]).Trim('/').Split('/');
        if (question < 0)
        {
            return [.. names.Select(name => new Step(name, null))];
        }

        // Conditions name the array first: `note.id=77456` selects the elements of `note`.
        var byArray = path[(question + 1)..].Split('&').Select(Uri.UnescapeDataString).Select(Part5Condition)
            .GroupBy(condition => condition.Array).ToDictionary(group => group.Key, group => group.Select(condition => condition.Condition).ToList());
        var steps = new List<Step>();
        var dotted = "";
        foreach (var name in names)
        {
            dotted = dotted.Length == 0 ? name : $"{dotted}.{name}";
            steps.Add(new Step(name, byArray.Remove(dotted, out var conditions) || byArray.Remove(name, out conditions) ? conditions : null));
        }

        return byArray.Count == 0 ? steps : throw new InvalidBodyException($"{byArray.Keys.First()} is not on the path {path}");
    }

    private static (string Array, ElementCondition Condition) Part5Condition(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var dot = equals < 0 ? -1 : text.LastIndexOf('.', equals);
        return dot < 0
            ? throw new InvalidBodyException($"'{text}' is not a condition such as note.id=77456")
            : (text[..dot], new ElementCondition(text[(dot + 1)..equals], text[(equals + 1)..].Trim('"')));
    }

    private static List<Step> Part6(string path)
    {
        var rest = path.TrimStart('$').Trim('/', '.');
        var steps = new List<Step>();
        while (rest.Length > 0)
        {
            var match = StepForm().Match(rest);
            if (!match.Success || match.Index != 0)
            {
                throw new InvalidBodyException($"{path}: '{rest}' is not understood");
            }

            steps.Add(new Step(match.Groups["name"].Value, match.Groups["query"].Success ? Part6Conditions(match.Groups["query"].Value) : null));
            rest = rest[match.Length..].TrimStart('/', '.');
        }

        return steps;
    }

    private static List<ElementCondition> Part6Conditions(string text) =>
        [.. text.Split("&&").Select(part => ConditionForm().Match(part) is { Success: true } match
            ? new ElementCondition(match.Groups["name"].Value, match.Groups["value"].Value)
            : throw new InvalidBodyException($"'{part}' is not a condition such as @.id=='77456'"))];

    [GeneratedRegex(@"^(?<name>[^/.\[\]]+)(\[\?\((?<query>.+?)\)\])?", RegexOptions.CultureInvariant)]
    private static partial Regex StepForm();

    [GeneratedRegex(@"^\s*@\.(?<name>[\w@.]+)\s*==\s*(?<quote>['""]?)(?<value>.*?)\k<quote>\s*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ConditionForm();

    private sealed record Step(string Name, IReadOnlyList<ElementCondition>? Conditions);

    private sealed record ElementCondition(string Name, string Value)
    {
        public bool Holds(JsonNode? element)
        {
            foreach (var name in Name.Split('.'))
            {
                element = (element as JsonObject)?[name];
            }

            return element is JsonValue value
                && (value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString()) == Value;
        }
    }
}
