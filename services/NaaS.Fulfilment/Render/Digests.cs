using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NaaS.Fulfilment.Render;

/// <summary>Digests of objects that do not depend on the order of their fields.</summary>
internal static class Digests
{
    /// <summary><c>sha256:...</c> of the nodes in this order.</summary>
    public static string Of(IEnumerable<JsonNode?> nodes) => "sha256:" + Hex(nodes);

    /// <summary>The first eight hex digits of a node's digest, for names.</summary>
    public static string Short(JsonNode node) => Hex([node])[..8];

    private static string Hex(IEnumerable<JsonNode?> nodes)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var node in nodes)
            {
                Write(writer, node);
            }

            writer.WriteEndArray();
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }

    private static void Write(Utf8JsonWriter writer, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                writer.WriteStartObject();
                foreach (var (name, value) in map.OrderBy(field => field.Key, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(name);
                    Write(writer, value);
                }

                writer.WriteEndObject();
                break;
            case JsonArray list:
                writer.WriteStartArray();
                foreach (var item in list)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case null:
                writer.WriteNullValue();
                break;
            default:
                node.WriteTo(writer);
                break;
        }
    }
}
