using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NaaS.Tmf.Characteristics;

/// <summary>A characteristic's value as text, the form in which OpenSlice and the worker carry it.</summary>
public static class ValueText
{
    /// <summary>What a secret reads back as, and what keeps the stored secret when written.</summary>
    public const string Masked = "***";

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A text as it is, scalars as JSON spells them, objects and arrays as JSON; null as the empty text.</summary>
    public static string Of(JsonNode? value) => value switch
    {
        null => "",
        JsonValue scalar when scalar.TryGetValue(out string? text) => text,
        _ => value.ToJsonString(Compact),
    };

    /// <summary>Takes OpenSlice's <c>{"value", "alias"}</c> apart; any other value stays as it is.</summary>
    public static JsonNode? Unwrap(JsonNode? value) =>
        value is JsonObject pair && pair.Count > 0 && pair.All(member => member.Key is "value" or "alias") ? pair["value"] : value;
}
