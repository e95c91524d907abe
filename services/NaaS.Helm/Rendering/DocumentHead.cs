using NaaS.Helm.Go;
using NaaS.Helm.Yaml;

namespace NaaS.Helm.Rendering;

/// <summary>What Helm reads of a document to sort it. Texts are byte strings.</summary>
internal sealed record DocumentHead
{
    private const string HeadType = "SimpleHead";
    private const string MetadataType = "struct { Name string \"json:\\\"name\\\"\"; Annotations map[string]string \"json:\\\"annotations\\\"\" }";

    /// <summary>Whether there is anything but comments.</summary>
    public required bool HoldsObject { get; init; }

    public required string Kind { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyDictionary<string, string> Annotations { get; init; }

    /// <summary>The head of a parsed document.</summary>
    /// <exception cref="YamlException">It is not what Helm expects, in Helm's words.</exception>
    public static DocumentHead Of(object? value)
    {
        if (value is not (GoMap or null))
        {
            throw Mismatch(value, "value of type util.SimpleHead");
        }
        var map = value as GoMap;
        var metadata = Field(map, "metadata") switch
        {
            null => null,
            GoMap found => found,
            var other => throw Mismatch(other, $"struct field {HeadType}.metadata of type {MetadataType}"),
        };
        _ = StringField(map, "apiVersion", "apiVersion");
        return new DocumentHead
        {
            HoldsObject = map is not null,
            Kind = StringField(map, "kind", "kind"),
            Annotations = ReadAnnotations(metadata),
            Name = StringField(metadata, "name", "metadata.name"),
        };
    }

    private static object? Field(GoMap? map, string name)
    {
        if (map is null || map.TryGetValue(name, out object? value))
        {
            return map?[name];
        }
        // encoding/json takes a field of any letter case where there is none of the right one.
        string? other = map.Keys.FirstOrDefault(key => string.Equals(key, name, StringComparison.OrdinalIgnoreCase));
        return other is null ? null : map[other];
    }

    private static string StringField(GoMap? map, string name, string path) => Field(map, name) switch
    {
        null => "",
        string text => text,
        (GoMap or GoList) and var other => throw Mismatch(other, $"struct field {HeadType}.{path} of type string"),
        var scalar => GoFormat.Value(scalar),
    };

    private static Dictionary<string, string> ReadAnnotations(GoMap? metadata)
    {
        var annotations = new Dictionary<string, string>(StringComparer.Ordinal);
        object? value = Field(metadata, "annotations");
        if (value is not (GoMap or null))
        {
            throw Mismatch(value, $"struct field {HeadType}.metadata.annotations of type map[string]string");
        }
        foreach (string key in value is GoMap map ? GoTypes.SortedKeys(map) : [])
        {
            annotations[key] = ((GoMap)value!)[key] switch
            {
                null => "",
                string text => text,
                (GoMap or GoList) and var other => throw Mismatch(other, $"struct field {HeadType}.metadata.annotations of type string"),
                var scalar => GoFormat.Value(scalar),
            };
        }
        return annotations;
    }

    private static YamlException Mismatch(object value, string target)
    {
        string kind = value switch { GoMap => "object", GoList => "array", string => "string", bool => "bool", _ => "number" };
        return new YamlException($"error unmarshaling JSON: while decoding JSON: json: cannot unmarshal {kind} into Go {target}");
    }
}
