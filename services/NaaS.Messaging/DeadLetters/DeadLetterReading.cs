using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RabbitMQ.Client;

namespace NaaS.Messaging.DeadLetters;

/// <summary>Reads what RabbitMQ and MassTransit tell of a message that could not be handled.</summary>
internal static class DeadLetterReading
{
    private const string Hidden = "***";

    /// <summary>Headers that tell of the failure and do not belong to the message.</summary>
    public static bool IsOfFailure(string header) =>
        header.StartsWith("MT-Fault-", StringComparison.Ordinal) || header is "MT-Reason" or "x-death" or "x-delivery-count"
        || header.StartsWith("x-first-death-", StringComparison.Ordinal) || header.StartsWith("x-last-death-", StringComparison.Ordinal);

    public static string IdOf(BasicGetResult got) =>
        got.BasicProperties.MessageId ?? Convert.ToHexStringLower(SHA256.HashData(got.Body.Span))[..32];

    public static DeadLetter Read(string queue, string kind, BasicGetResult got)
    {
        var (type, message) = ReadBody(got.Body);
        return new(
            queue,
            IdOf(got),
            kind,
            type,
            Reason(got.BasicProperties, kind),
            DateTimeOffset.TryParse(Header(got.BasicProperties, "MT-Fault-Timestamp"), CultureInfo.InvariantCulture, out var at) ? at : null,
            message);
    }

    private static string Reason(IReadOnlyBasicProperties properties, string kind) => kind switch
    {
        "dead" => $"delivered too often without an answer ({Header(properties, "x-first-death-reason") ?? "delivery_limit"})",
        "skipped" => Header(properties, "MT-Reason") ?? "no consumer takes it",
        _ => $"{Header(properties, "MT-Fault-ExceptionType")?.Split('.')[^1]}: {Header(properties, "MT-Fault-Message")}",
    };

    private static string? Header(IReadOnlyBasicProperties properties, string name) => properties.Headers?.TryGetValue(name, out var value) == true
        ? value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : value?.ToString()
        : null;

    // What lies here may be anything: no JSON, JSON of another shape, a name twice, text that is no UTF-8.
    private static (string? Type, JsonNode? Message) ReadBody(ReadOnlyMemory<byte> body)
    {
        try
        {
            var envelope = JsonNode.Parse(body.Span) as JsonObject;
            var type = ((envelope?["messageType"] as JsonArray)?.FirstOrDefault() as JsonValue)?.ToString().Split(':')[^1];
            var message = Masked(envelope?["message"]?.DeepClone());
            return (type, message is null ? null : JsonNode.Parse(message.ToJsonString()));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            return (null, null);
        }
    }

    // What an operator needs are names, ids and causes; values may be secrets.
    private static JsonNode? Masked(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (name, child) in map.ToList())
                {
                    if (name.Equals("value", StringComparison.OrdinalIgnoreCase))
                    {
                        map[name] = Hidden;
                    }
                    else
                    {
                        Masked(child);
                    }
                }

                break;
            case JsonArray list:
                foreach (var child in list)
                {
                    Masked(child);
                }

                break;
        }

        return node;
    }
}
