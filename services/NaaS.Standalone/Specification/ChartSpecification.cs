using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NaaS.Helm.Charts;
using NaaS.Tmf.Characteristics;

namespace NaaS.Standalone.Specification;

/// <summary>Makes the ServiceSpecification (TMF633) of a chart: the characteristics of a deployable service, then a typed knob for each value.</summary>
internal static partial class ChartSpecification
{
    private static readonly DeployableNames Names = new();

    /// <summary>Body of POST serviceSpecification, in state <c>In design</c>.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="repository">Where the service shall find it; null leaves that to the installation.</param>
    /// <param name="only">Paths whose values become knobs; empty for all.</param>
    public static JsonObject Of(Chart chart, string? repository, IReadOnlyList<string> only)
    {
        var knobs = ValueLeaves.Of(chart.ValuesText, chart.SchemaText)
            .Where(leaf => KnobPath.Complaint(leaf.Knob) is null && IsWanted(leaf.Knob, only))
            .Select(Knob);
        return new()
        {
            ["@type"] = "CustomerFacingServiceSpecification",
            ["name"] = chart.Name,
            ["description"] = chart.Description,
            ["version"] = chart.Version,
            ["lifecycleStatus"] = "In design",
            ["specCharacteristic"] = new JsonArray([.. Deployable(chart, repository), .. knobs]),
        };
    }

    private static bool IsWanted(string path, IReadOnlyList<string> only) =>
        only.Count == 0 || only.Any(wanted => path == wanted || path.StartsWith(wanted + ".", StringComparison.Ordinal));

    private static IEnumerable<JsonObject> Deployable(Chart chart, string? repository) =>
    [
        Characteristic(Names.ServiceName, "TEXT", "Name of the service", []),
        Fixed(Names.PackageManager, "ENUM", "Package manager", "helm"),
        .. repository is null ? (JsonObject[])[] : [Fixed(Names.Repository, "TEXT", "Repository of the chart", repository)],
        Fixed(Names.Chart, "TEXT", "Chart", chart.Name),
        Characteristic(Names.Version, "TEXT", "Version of the chart, exact or a SemVer range", [Value(chart.Version, "TEXT", isDefault: true)]),
        Characteristic(Names.Values, "LONGTEXT", "Helm values: YAML, plain or base64", []),
        Fixed(Names.ClusterManager, "ENUM", "Cluster manager", "ocm"),
        Characteristic(Names.Placement, "LONGTEXT", "Placement rules: YAML, plain or base64", []),
        Characteristic(Names.Namespace, "TEXT", "Namespace on the clusters", []),
    ];

    private static JsonObject Knob(ValueLeaf leaf)
    {
        var type = TypeOf(leaf);
        var knob = Characteristic(
            Names.KnobPrefix + leaf.Knob, type, (string?)leaf.Schema?["description"] ?? (string?)leaf.Schema?["title"] ?? leaf.Comment, Values(leaf, type));
        if ((string?)leaf.Schema?["pattern"] is { } pattern)
        {
            knob["regex"] = pattern;
        }

        if (Secret().IsMatch(leaf.Path[^1]))
        {
            knob["isSecret"] = true;
            knob.Remove("characteristicValueSpecification");
        }

        return knob;
    }

    private static string TypeOf(ValueLeaf leaf) => leaf.Schema switch
    {
        { } schema when schema["enum"] is JsonArray => "ENUM",
        { } schema when schema["type"] is JsonValue type => (string?)type switch
        {
            "integer" => "INTEGER",
            "number" => "FLOAT",
            "boolean" => "BOOLEAN",
            _ => "TEXT",
        },
        _ => leaf.Kind switch
        {
            LeafKind.Whole => "INTEGER",
            LeafKind.Number => "FLOAT",
            LeafKind.Flag => "BOOLEAN",
            _ => "TEXT",
        },
    };

    private static JsonObject[] Values(ValueLeaf leaf, string type)
    {
        var text = leaf.Kind == LeafKind.Flag ? leaf.Text.ToLowerInvariant() : leaf.Text;
        if (leaf.Schema?["enum"] is JsonArray choices)
        {
            return [.. choices.Select(ValueText.Of).Where(choice => choice.Length > 0).Select(choice => Value(choice, type, choice == text))];
        }

        var (from, to) = (Bound(leaf.Schema, "minimum", "exclusiveMinimum", 1), Bound(leaf.Schema, "maximum", "exclusiveMaximum", -1));
        if (text.Length == 0 && from is null && to is null)
        {
            return [];
        }

        var value = Value(text, type, isDefault: true);
        if (type is "INTEGER" or "FLOAT" && (from ?? to) is not null)
        {
            value["valueFrom"] = from;
            value["valueTo"] = to;
            value["rangeInterval"] = "closed";
        }

        return [value];
    }

    // TMF's bounds are whole; one that is not cannot be said there, and the chart's schema still holds.
    private static long? Bound(JsonObject? schema, string name, string exclusive, int inwards)
    {
        if (Whole(schema?[name]) is { } bound)
        {
            return bound;
        }

        return Whole(schema?[exclusive]) + inwards;
    }

    private static long? Whole(JsonNode? node) =>
        node is JsonValue && long.TryParse(node.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var bound) ? bound : null;

    private static JsonObject Fixed(string name, string type, string description, string value)
    {
        var characteristic = Characteristic(name, type, description, [Value(value, type, isDefault: true)]);
        characteristic["configurable"] = false;
        return characteristic;
    }

    private static JsonObject Characteristic(string name, string type, string description, JsonObject[] values)
    {
        var characteristic = new JsonObject
        {
            ["name"] = name,
            ["description"] = description,
            ["valueType"] = type,
            ["configurable"] = true,
            ["minCardinality"] = 0,
            ["maxCardinality"] = 1,
        };
        if (values.Length > 0)
        {
            characteristic["characteristicValueSpecification"] = new JsonArray([.. values]);
        }

        return characteristic;
    }

    private static JsonObject Value(string value, string type, bool isDefault) => new() { ["value"] = value, ["valueType"] = type, ["isDefault"] = isDefault };

    [GeneratedRegex("(password|passwd|secret|token|apikey|privatekey)$", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();
}
