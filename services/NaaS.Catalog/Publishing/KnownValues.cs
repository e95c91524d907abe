using NaaS.Helm.Charts;
using NaaS.Helm.Go;
using NaaS.Helm.Values;
using NaaS.Tmf.Catalog;

namespace NaaS.Catalog.Publishing;

/// <summary>The values that a chart has, as far as its values.yaml and those of its subcharts tell.</summary>
internal sealed class KnownValues(Chart chart)
{
    private readonly GoMap values = ValuesDocuments.Read(chart.ValuesText);

    public static KnownValues Of(Chart chart) => new(chart);

    /// <summary>What is wrong with a knob, or null: the chart has no such value, or one of another kind.</summary>
    public string? Complaint(CharacteristicSpecification knob, string prefix)
    {
        var path = knob.Name![prefix.Length..];
        var value = Find(values, Keys(path), 0, isTop: true, out var isOpen);
        if (value is null)
        {
            return isOpen ? null : $"specCharacteristic[{knob.Name}]: chart {chart.Name} {chart.Version} has no value {path}";
        }

        return path.Contains('[', StringComparison.Ordinal) || Fits(knob.ValueType ?? "", value) ? null : $"specCharacteristic[{knob.Name}]: is {knob.ValueType}, but chart {chart.Name} {chart.Version} has {Kind(value)} at {path}";
    }

    // A map that is empty or not set takes what it is given (resources: {}), a list takes further elements.
    private object? Find(object? node, List<string> keys, int at, bool isTop, out bool isOpen)
    {
        isOpen = node is null or GoList or GoMap { Count: 0 };
        if (at == keys.Count)
        {
            isOpen = isOpen || node is null;
            return node;
        }

        if (node is GoMap map && map.TryGetValue(keys[at], out var next) && !(isTop && next is GoMap && Subchart(keys[at]) is not null && Misses(next, keys, at)))
        {
            return Find(next, keys, at + 1, isTop: false, out isOpen);
        }

        if (isTop && keys[at] == "global")
        {
            isOpen = true;
            return null;
        }

        if (isTop && Subchart(keys[at]) is { } subchart)
        {
            return new KnownValues(subchart).Find(ValuesDocuments.Read(subchart.ValuesText), keys, at + 1, isTop: true, out isOpen);
        }

        // An alias of a subchart is not told from a missing value.
        isOpen = isOpen || (isTop && chart.Dependencies.Count > 0);
        return null;
    }

    private bool Misses(object? own, List<string> keys, int at) => Find(own, keys, at + 1, isTop: false, out var isOpen) is null && !isOpen;

    private Chart? Subchart(string name) => chart.Dependencies.FirstOrDefault(dependency => dependency.Name == name);

    private static bool Fits(string type, object value) => type.ToUpperInvariant() switch
    {
        "INTEGER" or "SMALLINT" or "LONGINT" or "INT" or "LONG" or "FLOAT" or "NUMBER" or "DECIMAL" or "DOUBLE" => value is not (bool or GoMap or GoList),
        "BOOLEAN" or "BOOL" => value is bool or string,
        "TEXT" or "LONGTEXT" or "STRING" or "ENUM" => value is not (GoMap or GoList),
        "ARRAY" or "SET" => value is GoList,
        "OBJECT" or "MAP" => value is GoMap or GoList,
        _ => true,
    };

    private static string Kind(object value) => value switch
    {
        GoMap => "a map",
        GoList => "a list",
        bool => "true or false",
        string => "a text",
        _ => "a number",
    };

    // As in --set: \. is a dot; an index ends the walk, since lists take any element.
    private static List<string> Keys(string path)
    {
        List<string> keys = [""];
        for (var at = 0; at < path.Length && path[at] != '['; at++)
        {
            if (path[at] == '\\' && at + 1 < path.Length)
            {
                keys[^1] += path[++at];
            }
            else if (path[at] == '.')
            {
                keys.Add("");
            }
            else
            {
                keys[^1] += path[at];
            }
        }

        return keys;
    }
}
