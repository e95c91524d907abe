using System.Text.Json.Nodes;
using NaaS.Helm.Go;
using NaaS.Helm.Json;
using NaaS.Helm.Yaml;

namespace NaaS.Fulfilment.Translate;

/// <summary>YAML documents as JSON, read as Helm and kubectl read them.</summary>
internal static class YamlDocuments
{
    private const string NoMapping = "must be a YAML mapping";

    /// <summary>The documents, empty ones left out. Throws <see cref="FormatException"/> in plain words where one is no YAML or no mapping.</summary>
    public static IReadOnlyList<JsonObject> Read(string text)
    {
        try
        {
            return [.. YamlReader.ReadAll(GoString.FromText(text)).Select(Mapping).Where(document => document.Count > 0)];
        }
        catch (YamlException e)
        {
            throw new FormatException(Plain(e), e);
        }
        catch (System.Text.Json.JsonException e)
        {
            throw new FormatException("nested too deep", e);
        }
    }

    /// <summary>What went wrong without the layers of Go that it went through.</summary>
    public static string Plain(YamlException problem)
    {
        const string layer = "yaml: ";
        var at = problem.Message.LastIndexOf(layer, StringComparison.Ordinal);
        return problem.Message.Contains("into Go value of type map", StringComparison.Ordinal)
            ? NoMapping
            : $"not valid YAML: {(at < 0 ? problem.Message : problem.Message[(at + layer.Length)..])}";
    }

    private static JsonObject Mapping(object? document) => document switch
    {
        null => [],
        GoMap => (JsonObject)JsonNode.Parse(GoString.ToText(JsonWriter.Write(document)))!,
        _ => throw new FormatException(NoMapping),
    };
}
