using System.Globalization;
using System.Text.Json.Nodes;
using NaaS.Tmf.Json;

namespace NaaS.TmfRest.Queries;

/// <summary>A value that a query compares with.</summary>
/// <param name="Text">As text, in the form that <see cref="SearchMap"/> stores.</param>
/// <param name="Number">As a number, where it is one.</param>
/// <param name="DayEnd">Where the text is a date alone: the start of the next day; the value then stands for the whole day.</param>
internal sealed record Literal(string Text, decimal? Number, string? DayEnd)
{
    /// <summary>Start of the day, where the value is a date alone.</summary>
    public string DayStart => DayEnd is null ? Text : $"{Text}T00:00:00.0000000Z";

    /// <summary>Reads a value; a <c>+</c> of an offset that arrived as a blank is mended.</summary>
    public static Literal Of(string text)
    {
        decimal? number = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) ? parsed : null;
        if (TmfDate.TryParseDay(text, out var day))
        {
            return new Literal(text, number, TmfDate.Sortable(day.AddDays(1)));
        }

        if (text.Length > 6 && text[^6] == ' ' && TmfDate.TryParse($"{text[..^6]}+{text[^5..]}", out var mended))
        {
            return new Literal(TmfDate.Sortable(mended), null, null);
        }

        return new Literal(SearchMap.Normal(text), number, null);
    }

    /// <summary>Whether a stored value is this one.</summary>
    public bool Equal(JsonValue stored, AttributeKind kind)
    {
        if (stored.TryGetValue<decimal>(out var number))
        {
            return kind != AttributeKind.Text && Number == number;
        }

        var text = stored.GetValue<string>();
        return text == Text || (DayEnd is not null && Between(text));
    }

    /// <summary>Sign of the stored value compared with this one; null where the two do not compare.</summary>
    public int? Compare(JsonValue stored, AttributeKind kind)
    {
        if (stored.TryGetValue<decimal>(out var number))
        {
            return kind == AttributeKind.Text || Number is null ? null : number.CompareTo(Number);
        }

        var text = stored.GetValue<string>();
        if (kind == AttributeKind.Any && Number is not null)
        {
            return NumericText.IsMatch(text) ? decimal.Parse(text, CultureInfo.InvariantCulture).CompareTo(Number) : null;
        }

        return DayEnd is not null && Between(text) ? 0 : string.CompareOrdinal(text, DayStart);
    }

    private bool Between(string text) => string.CompareOrdinal(text, DayStart) >= 0 && string.CompareOrdinal(text, DayEnd) < 0;
}
