using System.Text.Json.Nodes;

namespace NaaS.Tmf.Characteristics;

/// <summary>A <c>validFor</c>: both ends optional, the start included, the end excluded.</summary>
internal sealed record Period(DateTimeOffset? Start, DateTimeOffset? End)
{
    public static Period Always { get; } = new(null, null);

    public bool Contains(DateTimeOffset instant) => (Start is null || Start <= instant) && (End is null || instant < End);

    public static Period Read(JsonNode? node)
    {
        if (node is not JsonObject period)
        {
            return Always;
        }

        return new(Instant(period["startDateTime"]), Instant(period["endDateTime"]));
    }

    private static DateTimeOffset? Instant(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) && Instants.TryRead(text, out var instant) ? instant : null;
}
