using System.Text.Json;
using System.Text.Json.Serialization;

namespace NaaS.Tmf.Json;

/// <summary>Dates as <see cref="TmfDate"/> says.</summary>
internal sealed class TmfDateConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException("a date-time such as 2026-11-24T09:00:00Z is expected");
        }

        var text = reader.GetString()!;
        return TmfDate.TryParse(text, out var instant) || TmfDate.TryParseDay(text, out instant)
            ? instant
            : throw new JsonException($"'{text}' is not a date-time such as 2026-11-24T09:00:00Z");
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(TmfDate.Format(value));
}
