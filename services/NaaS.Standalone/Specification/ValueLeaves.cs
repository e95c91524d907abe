using System.Globalization;
using System.Text.Json.Nodes;
using NaaS.Helm;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace NaaS.Standalone.Specification;

/// <summary>Finds the single values of a values.yaml, each with the comment that stands above or beside it and its part of the schema.</summary>
internal sealed class ValueLeaves
{
    private readonly string[] lines;
    private readonly JsonObject? schema;
    private readonly Dictionary<string, string> parameters;

    private ValueLeaves(string values, JsonObject? schema)
    {
        lines = values.Split('\n');
        this.schema = schema;
        parameters = ParameterComments.Read(lines);
    }

    /// <summary>The leaves, in the file's order; lists and empty maps are none.</summary>
    /// <exception cref="HelmException">The file cannot be read.</exception>
    public static IReadOnlyList<ValueLeaf> Of(string values, string? schemaText)
    {
        var yaml = new YamlStream();
        try
        {
            yaml.Load(new StringReader(values));
        }
        catch (YamlException exception)
        {
            throw new HelmException($"values.yaml: {exception.Message}");
        }

        return yaml.Documents is [{ RootNode: YamlMappingNode root }, ..]
            ? [.. new ValueLeaves(values, schemaText is null ? null : JsonNode.Parse(schemaText) as JsonObject).Walk(root, [])]
            : [];
    }

    private IEnumerable<ValueLeaf> Walk(YamlMappingNode map, IReadOnlyList<string> path)
    {
        foreach (var (key, value) in map.Children)
        {
            string[] here = [.. path, ((YamlScalarNode)key).Value ?? ""];
            var found = value switch
            {
                YamlMappingNode inner => Walk(inner, here),
                YamlScalarNode scalar when Kind(scalar) is { } kind => [new(here, scalar.Value ?? "", kind, Comment(here, key), SchemaAt(here))],
                _ => [],
            };
            foreach (var leaf in found)
            {
                yield return leaf;
            }
        }
    }

    private static LeafKind? Kind(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style is not ScalarStyle.Plain)
        {
            return LeafKind.Text;
        }

        return text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "false" or "True" or "False" => LeafKind.Flag,
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) => LeafKind.Whole,
            _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => LeafKind.Number,
            _ => LeafKind.Text,
        };
    }

    // Bitnami's way names the path; otherwise what stands beside the value, else the block right above.
    private string Comment(IReadOnlyList<string> path, YamlNode key)
    {
        if (parameters.TryGetValue(string.Join('.', path), out var described))
        {
            return described;
        }

        var at = (int)key.Start.Line - 1;
        var beside = lines[at].IndexOf(" #", StringComparison.Ordinal);
        if (beside > 0 && !lines[at][..beside].Contains('"', StringComparison.Ordinal) && !lines[at][..beside].Contains('\'', StringComparison.Ordinal))
        {
            return ParameterComments.Clean(lines[at][(beside + 1)..]);
        }

        var above = new List<string>();
        for (var line = at - 1; line >= 0 && lines[line].TrimStart().StartsWith('#'); line--)
        {
            above.Insert(0, ParameterComments.Clean(lines[line]));
        }

        // helm-docs marks where the description begins.
        var start = above.FindLastIndex(text => text.StartsWith("--", StringComparison.Ordinal));
        return string.Join(' ', above.Skip(Math.Max(start, 0)).Select(text => text.TrimStart('-', ' ')).Where(text => text.Length > 0));
    }

    private JsonObject? SchemaAt(IReadOnlyList<string> path)
    {
        var node = schema;
        foreach (var key in path)
        {
            node = Resolved(node)?["properties"]?[key] as JsonObject;
        }

        return Resolved(node);
    }

    // Only references into the file itself; what they lead to is read once.
    private JsonObject? Resolved(JsonObject? node)
    {
        if ((string?)node?["$ref"] is not { } reference || !reference.StartsWith("#/", StringComparison.Ordinal))
        {
            return node;
        }

        JsonNode? target = schema;
        foreach (var part in reference[2..].Split('/'))
        {
            target = (target as JsonObject)?[part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)];
        }

        return target as JsonObject;
    }
}
