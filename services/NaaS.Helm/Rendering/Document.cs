using NaaS.Helm.Go;
using NaaS.Helm.Yaml;

namespace NaaS.Helm.Rendering;

/// <summary>A rendered document with what Helm reads of it. Texts are byte strings.</summary>
/// <param name="Path">Template that made it.</param>
/// <param name="Text">Its text.</param>
/// <param name="Value">Parsed; null where it holds comments only.</param>
internal sealed record Document(string Path, string Text, GoMap? Value)
{
    private const string HeadType = "SimpleHead";
    private const string MetadataType = "struct { Name string \"json:\\\"name\\\"\"; Annotations map[string]string \"json:\\\"annotations\\\"\" }";

    public string Kind { get; private init; } = "";

    public string Name { get; private init; } = "";

    public IReadOnlyDictionary<string, string> Annotations { get; private init; } = new Dictionary<string, string>();

    /// <summary>Parses a document; what Helm cannot read of it is an error in Helm's words.</summary>
    public static Document Parse(string path, string text)
    {
        try
        {
            object? value = YamlReader.Read(text);
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
            return new Document(path, text, map)
            {
                Kind = StringField(map, "kind", "kind"),
                Annotations = ReadAnnotations(metadata),
                Name = StringField(metadata, "name", "metadata.name"),
            };
        }
        catch (YamlException error)
        {
            throw new HelmException(GoString.ToText($"YAML parse error on {path}: {error.Message}"), error);
        }
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
