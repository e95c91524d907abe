using System.Text.Json.Nodes;
using NaaS.Tmf.Json;

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
        TmfDate.TryParse(ValueText.Of(node), out var instant) || TmfDate.TryParseDay(ValueText.Of(node), out instant) ? instant : null;
}
