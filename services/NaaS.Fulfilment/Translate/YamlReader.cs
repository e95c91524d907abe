using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace NaaS.Fulfilment.Translate;

/// <summary>
/// Reads YAML documents from outside into JSON, within <see cref="YamlLimits"/>: plain scalars are typed by the YAML 1.2 core schema, keys are
/// text, of equal keys the last holds as in Helm, aliases count as often as they are followed. Throws <see cref="FormatException"/> in plain words.
/// </summary>
internal sealed class YamlReader
{
    private readonly YamlLimits limits;
    private readonly Parser parser;
    private readonly Dictionary<string, (JsonNode? Node, int Size)> anchors = new(StringComparer.Ordinal);
    private int nodes;

    private YamlReader(string text, YamlLimits limits)
    {
        this.limits = limits;
        parser = new Parser(new StringReader(text));
    }

    /// <summary>The documents of a text, empty ones left out.</summary>
    public static IReadOnlyList<JsonNode> Read(string text, YamlLimits limits)
    {
        if (Encoding.UTF8.GetByteCount(text) > limits.Bytes)
        {
            throw new FormatException($"larger than {limits.Bytes} bytes");
        }

        try
        {
            return new YamlReader(text, limits).Documents();
        }
        catch (YamlException e)
        {
            throw new FormatException($"not valid YAML (line {e.Start.Line}): {e.Message}", e);
        }
    }

    private List<JsonNode> Documents()
    {
        var documents = new List<JsonNode>();
        parser.Consume<StreamStart>();
        while (!parser.Accept<StreamEnd>(out _))
        {
            parser.Consume<DocumentStart>();
            anchors.Clear();
            if (Node(0) is { } node)
            {
                documents.Add(node);
            }

            parser.Consume<DocumentEnd>();
        }

        return documents;
    }

    private JsonNode? Node(int depth)
    {
        if (depth > limits.Depth)
        {
            throw new FormatException($"nested deeper than {limits.Depth}");
        }

        Count(1);
        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            if (!anchors.TryGetValue(alias.Value.Value, out var target))
            {
                throw new FormatException($"unknown anchor *{alias.Value.Value}");
            }

            Count(target.Size);
            return target.Node?.DeepClone();
        }

        var before = nodes;
        var (anchor, node) = parser.Current switch
        {
            Scalar => Typed(parser.Consume<Scalar>()),
            MappingStart => Mapping(parser.Consume<MappingStart>(), depth),
            SequenceStart => Sequence(parser.Consume<SequenceStart>(), depth),
            _ => throw new FormatException("not valid YAML"),
        };
        if (!anchor.IsEmpty)
        {
            anchors[anchor.Value] = (node, nodes - before + 1);
        }

        return node;
    }

    private void Count(int more)
    {
        nodes += more;
        if (nodes > limits.Nodes)
        {
            throw new FormatException($"more than {limits.Nodes} values");
        }
    }

    private (AnchorName Anchor, JsonNode? Node) Mapping(MappingStart start, int depth)
    {
        var map = new JsonObject();
        var merged = new List<JsonNode?>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (!parser.TryConsume<Scalar>(out var key))
            {
                throw new FormatException($"line {parser.Current?.Start.Line}: a key must be text");
            }

            var value = Node(depth + 1);
            if (key.Value == "<<" && key.Style == ScalarStyle.Plain)
            {
                merged.AddRange(value is JsonArray many ? many : [value]);
            }
            else
            {
                map[key.Value] = value;
            }
        }

        Merge(map, merged);
        return (start.Anchor, map);
    }

    private static void Merge(JsonObject map, List<JsonNode?> merged)
    {
        foreach (var other in merged)
        {
            if (other is not JsonObject fields)
            {
                throw new FormatException("<< needs a mapping");
            }

            foreach (var (key, value) in fields)
            {
                map.TryAdd(key, value?.DeepClone());
            }
        }
    }

    private (AnchorName Anchor, JsonNode? Node) Sequence(SequenceStart start, int depth)
    {
        var list = new JsonArray();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            list.Add(Node(depth + 1));
        }

        return (start.Anchor, list);
    }

    private static (AnchorName Anchor, JsonNode? Node) Typed(Scalar scalar) =>
        (scalar.Anchor, scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty ? Plain(scalar.Value) : JsonValue.Create(scalar.Value));

    private static JsonValue? Plain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" => JsonValue.Create(true),
        "false" or "False" or "FALSE" => JsonValue.Create(false),
        _ when char.IsAsciiDigit(text[0]) || text[0] is '-' or '+' or '.' => Number(text),
        _ => JsonValue.Create(text),
    };

    private static JsonValue Number(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return JsonValue.Create(whole);
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real)
            ? JsonValue.Create(real)
            : JsonValue.Create(text);
    }
}
