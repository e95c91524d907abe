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
        var envelope = Parse(got.Body);
        return new(
            queue,
            IdOf(got),
            kind,
            (string?)(envelope?["messageType"] as JsonArray)?.FirstOrDefault() is { } urn ? urn.Split(':')[^1] : null,
            Reason(got.BasicProperties, kind),
            DateTimeOffset.TryParse(Header(got.BasicProperties, "MT-Fault-Timestamp"), CultureInfo.InvariantCulture, out var at) ? at : null,
            Masked(envelope?["message"]?.DeepClone()));
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

    private static JsonNode? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonNode.Parse(body.Span);
        }
        catch (JsonException)
        {
            return null;
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
