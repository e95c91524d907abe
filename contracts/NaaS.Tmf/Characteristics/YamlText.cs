using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace NaaS.Tmf.Characteristics;

/// <summary>
/// Reads YAML into JSON nodes within bounds, every scalar as text: enough to tell whether a document can be read and what its keys
/// are. Aliases count at their full size, so a billion laughs end early.
/// </summary>
public static class YamlText
{
    private const int Deepest = 100;
    private const int MostNodes = 100_000;

    /// <summary>The documents of the stream; an empty one is null.</summary>
    /// <exception cref="YamlTextException">It cannot be read, or is too deep or too large.</exception>
    public static IReadOnlyList<JsonNode?> Read(string yaml)
    {
        try
        {
            return new Reader(yaml).Documents();
        }
        catch (YamlException e)
        {
            throw new YamlTextException($"is not YAML: line {e.Start.Line}, column {e.Start.Column}: {e.InnerException?.Message ?? e.Message}", e);
        }
    }

    private sealed class Reader(string yaml)
    {
        private readonly Parser parser = new(new StringReader(yaml));
        private readonly Dictionary<AnchorName, (JsonNode? Node, int Size)> anchors = [];
        private int nodes;

        public List<JsonNode?> Documents()
        {
            var documents = new List<JsonNode?>();
            parser.Consume<StreamStart>();
            while (!parser.TryConsume<StreamEnd>(out _))
            {
                parser.Consume<DocumentStart>();
                documents.Add(Node(0));
                parser.Consume<DocumentEnd>();
                anchors.Clear();
            }

            return documents;
        }

        private JsonNode? Node(int depth)
        {
            if (depth > Deepest)
            {
                throw new YamlTextException($"is nested deeper than {Deepest} levels");
            }

            if (parser.TryConsume<AnchorAlias>(out var alias))
            {
                return Copy(alias);
            }

            var before = nodes;
            Count(1);
            var anchor = ((NodeEvent)parser.Current!).Anchor;
            JsonNode? node = parser.Current switch
            {
                MappingStart => Mapping(depth),
                SequenceStart => Sequence(depth),
                _ => Scalar(parser.Consume<Scalar>()),
            };
            if (!anchor.IsEmpty)
            {
                anchors[anchor] = (node, nodes - before);
            }

            return node;
        }

        private JsonNode? Copy(AnchorAlias alias)
        {
            if (!anchors.TryGetValue(alias.Value, out var anchored))
            {
                throw new YamlTextException($"line {alias.Start.Line}: the alias {alias.Value} has no anchor before it");
            }

            Count(anchored.Size);
            return anchored.Node?.DeepClone();
        }

        private JsonObject Mapping(int depth)
        {
            parser.Consume<MappingStart>();
            var mapping = new JsonObject();
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                var key = ValueText.Of(Node(depth + 1));
                mapping[key] = Node(depth + 1);
            }

            return mapping;
        }

        private JsonArray Sequence(int depth)
        {
            parser.Consume<SequenceStart>();
            var sequence = new JsonArray();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                sequence.Add(Node(depth + 1));
            }

            return sequence;
        }

        private static JsonValue? Scalar(Scalar scalar) =>
            scalar.IsPlainImplicit && scalar.Value is "" or "~" or "null" or "Null" or "NULL" ? null : JsonValue.Create(scalar.Value);

        private void Count(int more)
        {
            nodes += more;
            if (nodes > MostNodes)
            {
                throw new YamlTextException($"has more than {MostNodes} nodes");
            }
        }
    }
}
