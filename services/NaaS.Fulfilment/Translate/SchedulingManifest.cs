using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NaaS.Fulfilment.Place;

namespace NaaS.Fulfilment.Translate;

/// <summary>
/// A <c>P2CodeSchedulingManifest</c> (scheduling.p2code.eu): annotations <c>key=value</c> for all workloads and for single ones. Both shapes of
/// <c>workloadAnnotations</c> are read, the list of the CRD and the map of its documentation; a manifest without its envelope too.
/// </summary>
internal static partial class SchedulingManifest
{
    /// <summary>Kind of the object.</summary>
    public const string Kind = "P2CodeSchedulingManifest";

    private const string Group = "scheduling.p2code.eu/";
    private const string SetKey = "p2code.target.managedClusterSet";
    private const string ClusterKey = "p2code.target.cluster";

    /// <summary>The rules. Throws <see cref="FormatException"/> naming the annotation.</summary>
    public static PlacementRules Read(JsonObject document)
    {
        var spec = document.ContainsKey("kind") ? Envelope(document) : document;
        if (spec.FirstOrDefault(field => field.Key is not ("globalAnnotations" or "workloadAnnotations" or "manifests")) is { Key: { } unknown })
        {
            throw new FormatException($"unknown field \"{unknown}\" in {Kind}");
        }

        if (spec["manifests"] is JsonArray { Count: > 0 })
        {
            throw new FormatException("spec.manifests must be empty: the manifests come from the chart");
        }

        var global = Annotations(spec["globalAnnotations"], "globalAnnotations").ToList();
        return new(
            Target(global, SetKey),
            Target(global, ClusterKey),
            Filters(global.Where(annotation => annotation.Key is not (SetKey or ClusterKey)), "globalAnnotations"),
            Workloads(spec["workloadAnnotations"]),
            new Dictionary<string, JsonObject>());
    }

    private static JsonObject Envelope(JsonObject document)
    {
        var apiVersion = document.Text("apiVersion");
        if (!apiVersion.StartsWith(Group, StringComparison.Ordinal))
        {
            throw new FormatException($"{Kind} must have an apiVersion {Group}..., not \"{apiVersion}\"");
        }

        return document["spec"] switch
        {
            null => [],
            JsonObject spec => spec,
            _ => throw new FormatException("spec must be a mapping"),
        };
    }

    private static Dictionary<string, IReadOnlyList<ClusterFilter>> Workloads(JsonNode? node)
    {
        var workloads = new Dictionary<string, IReadOnlyList<ClusterFilter>>(StringComparer.Ordinal);
        foreach (var (name, annotations) in Entries(node))
        {
            var where = $"workloadAnnotations of \"{name}\"";
            if (!workloads.TryAdd(name, Filters(Annotations(annotations, where), where)))
            {
                throw new FormatException($"workload \"{name}\" is listed twice in workloadAnnotations");
            }
        }

        return workloads;
    }

    private static IEnumerable<(string Name, JsonNode? Annotations)> Entries(JsonNode? node) => node switch
    {
        null => [],
        JsonObject map => map.Select(entry => (entry.Key, entry.Value)),
        JsonArray list => list.Select(item => item is JsonObject entry && entry["name"] is JsonValue name && name.ToString().Length > 0
            ? (name.ToString(), entry["annotations"])
            : throw new FormatException("each entry of workloadAnnotations needs a name and annotations")),
        _ => throw new FormatException("workloadAnnotations must be a list or a mapping"),
    };

    private static IEnumerable<(string Key, string Value)> Annotations(JsonNode? node, string where) => node switch
    {
        null => [],
        JsonArray list => list.Select(item => item is JsonValue value ? Split(value.ToString(), where) : throw NotText(where)),
        _ => throw new FormatException($"{where} must be a list"),
    };

    private static FormatException NotText(string where) => new($"{where} must list texts of the form key=value");

    private static (string Key, string Value) Split(string annotation, string where)
    {
        var at = annotation.IndexOf('=', StringComparison.Ordinal);
        return at < 0
            ? throw new FormatException($"\"{annotation}\" in {where} has no \"=\": key=value is expected")
            : (annotation[..at].Trim(), annotation[(at + 1)..].Trim());
    }

    private static string? Target(List<(string Key, string Value)> annotations, string key)
    {
        var values = annotations.Where(annotation => annotation.Key == key).Select(annotation => annotation.Value).Distinct().ToList();
        return values switch
        {
            [] => null,
            [""] => throw new FormatException($"{key} has no value"),
            [var value] when LabelValue().IsMatch(value) => value,
            [var value] => throw new FormatException($"{key}={value} is not a valid name"),
            _ => throw new FormatException($"{key} is given as {string.Join(" and ", values)}"),
        };
    }

    private static List<ClusterFilter> Filters(IEnumerable<(string Key, string Value)> annotations, string where)
    {
        var filters = new List<ClusterFilter>();
        foreach (var (key, value) in annotations)
        {
            var filter = Filter(key, value, where);
            if (filters.Find(other => other.Key == filter.Key && other.Value != filter.Value) is { } other)
            {
                throw new FormatException($"{key} is both {other.Value} and {value} in {where}: no cluster can be both");
            }

            if (!filters.Contains(filter))
            {
                filters.Add(filter);
            }
        }

        return filters;
    }

    private static ClusterFilter Filter(string key, string value, string where)
    {
        if (key is SetKey or ClusterKey)
        {
            throw new FormatException($"{key} stands in {where}: a target holds for all workloads and belongs in globalAnnotations");
        }

        if (!key.StartsWith(ClusterFilter.Prefix, StringComparison.Ordinal))
        {
            throw new FormatException($"unknown annotation \"{key}\" in {where}: {SetKey}, {ClusterKey} and {ClusterFilter.Prefix}* are known");
        }

        var name = key[ClusterFilter.Prefix.Length..];
        if (!LabelKey().IsMatch(key) || !LabelKey().IsMatch(name))
        {
            throw new FormatException($"\"{key}\" in {where} is not a valid key");
        }

        return LabelValue().IsMatch(value) ? new(name, value) : throw new FormatException($"\"{key}={value}\" in {where} does not have a valid value");
    }

    [GeneratedRegex(@"^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$")]
    private static partial Regex LabelKey();

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$")]
    private static partial Regex LabelValue();
}
