using System.Globalization;
using System.Text;

namespace NaaS.Helm.Go;

/// <summary>Go's layouts: a date is formatted and read by the example of Mon Jan 2 15:04:05 MST 2006.</summary>
internal static class GoTimeFormat
{
    public static readonly string[] Months =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    public static readonly string[] Days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

    // Elements of a layout, longer ones before those that they begin with.
    private static readonly string[] Elements =
    [
        "January", "Jan", "Monday", "Mon", "MST", "2006", "-07:00:00", "-07:00", "-070000", "-0700", "-07", "Z07:00:00", "Z07:00", "Z070000",
        "Z0700", "Z07", "__2", "_2006", "_2", "002", "01", "02", "03", "04", "05", "06", "15", "PM", "pm", "1", "2", "3", "4", "5",
    ];

    private static (string Before, string Element, string After) Next(string layout)
    {
        for (int i = 0; i < layout.Length; i++)
        {
            if (layout[i] is '.' or ',' && i + 1 < layout.Length && layout[i + 1] is '0' or '9')
            {
                int end = i + 1;
                while (end < layout.Length && layout[end] == layout[i + 1])
                {
                    end++;
                }
                if (end >= layout.Length || !char.IsAsciiDigit(layout[end]))
                {
                    return (layout[..i], layout[i..end], layout[end..]);
                }
            }
            foreach (string element in Elements)
            {
                if (string.CompareOrdinal(layout, i, element, 0, element.Length) != 0)
                {
                    continue;
                }
                // "Jan" and "Mon" do not stand at the head of a longer lower case word; "_2006" is an underscore and a year.
                if (element is "Jan" or "Mon" && i + 3 < layout.Length && char.IsAsciiLetterLower(layout[i + 3]))
                {
                    break;
                }
                return element == "_2006" ? (layout[..(i + 1)], "2006", layout[(i + 5)..]) : (layout[..i], element, layout[(i + element.Length)..]);
            }
        }
        return (layout, "", "");
    }

    /// <summary>Formats a time.</summary>
    public static string Format(GoTime time, string layout)
    {
        var to = new StringBuilder();
        var local = time.Local;
        int offset = time.Zone.OffsetAt(time.Seconds);
        while (layout.Length > 0)
        {
            var (before, element, after) = Next(layout);
            to.Append(before);
            layout = after;
            switch (element)
            {
                case "":
                    return to.ToString();
                case "2006": to.Append(local.Year.ToString("D4", CultureInfo.InvariantCulture)); break;
                case "06": to.Append(Math.Abs(local.Year % 100).ToString("D2", CultureInfo.InvariantCulture)); break;
                case "January": to.Append(Months[local.Month - 1]); break;
                case "Jan": to.Append(Months[local.Month - 1], 0, 3); break;
                case "01": to.Append(local.Month.ToString("D2", CultureInfo.InvariantCulture)); break;
                case "1": to.Append(local.Month); break;
                case "Monday": to.Append(Days[local.DayOfWeek]); break;
                case "Mon": to.Append(Days[local.DayOfWeek], 0, 3); break;
                case "02": to.Append(local.Day.ToString("D2", CultureInfo.InvariantCulture)); break;
                case "2": to.Append(local.Day); break;
                case "_2": to.Append(local.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2)); break;
                case "002": to.Append(local.DayOfYear.ToString("D3", CultureInfo.InvariantCulture)); break;
                case "__2": to.Append(local.DayOfYear.ToString(CultureInfo.InvariantCulture).PadLeft(3)); break;
                case "15": to.Append(local.Hour.ToString("D2", CultureInfo.InvariantCulture)); break;
                case "03": to.Append(((local.Hour + 11) % 12 + 1).ToString("D2", CultureInfo.InvariantCulture)); break;
                case "3": to.Append((local.Hour + 11) % 12 + 1); break;
                case "04": to.Append(local.Minute.ToString("D2", CultureInfo.InvariantCulture)); break;
                case "4": to.Append(local.Minute); break;
                case "05": to.Append(local.Second.ToString("D2", CultureInfo.InvariantCulture)); break;
                case "5": to.Append(local.Second); break;
                case "PM": to.Append(local.Hour >= 12 ? "PM" : "AM"); break;
                case "pm": to.Append(local.Hour >= 12 ? "pm" : "am"); break;
                case "MST": AppendZone(to, time, offset); break;
                default:
                    if (element[0] is '.' or ',')
                    {
                        AppendFraction(to, element, time.Nanoseconds);
                    }
                    else
                    {
                        AppendOffset(to, element, offset);
                    }
                    break;
            }
        }
        return to.ToString();
    }

    private static void AppendZone(StringBuilder to, GoTime time, int offset)
    {
        string abbreviation = time.Zone.AbbreviationAt(time.Seconds);
        if (abbreviation.Length > 0)
        {
            to.Append(abbreviation);
            return;
        }
        int minutes = Math.Abs(offset) / 60;
        to.Append(offset < 0 ? '-' : '+').Append((minutes / 60).ToString("D2", CultureInfo.InvariantCulture)).Append((minutes % 60).ToString("D2", CultureInfo.InvariantCulture));
    }

    private static void AppendFraction(StringBuilder to, string element, int nanoseconds)
    {
        string digits = nanoseconds.ToString("D9", CultureInfo.InvariantCulture).PadRight(element.Length - 1, '0')[..(element.Length - 1)];
        if (element[1] == '9')
        {
            digits = digits.TrimEnd('0');
            if (digits.Length == 0)
            {
                return;
            }
        }
        to.Append(element[0]).Append(digits);
    }

    private static void AppendOffset(StringBuilder to, string element, int offset)
    {
        if (element[0] == 'Z' && offset == 0)
        {
            to.Append('Z');
            return;
        }
        int seconds = Math.Abs(offset);
        bool colon = element.Contains(':');
        int digits = element.Count(char.IsAsciiDigit);
        to.Append(offset < 0 ? '-' : '+').Append((seconds / 3600).ToString("D2", CultureInfo.InvariantCulture));
        if (digits >= 4)
        {
            to.Append(colon ? ":" : "").Append((seconds / 60 % 60).ToString("D2", CultureInfo.InvariantCulture));
        }
        if (digits >= 6)
        {
            to.Append(colon ? ":" : "").Append((seconds % 60).ToString("D2", CultureInfo.InvariantCulture));
        }
    }

    /// <summary><c>time.ParseInLocation</c>; the error text is Go's.</summary>
    public static bool TryParse(string layout, string value, GoZone zone, out GoTime time, out string error)
    {
        var reader = new Reader(layout, value);
        time = GoTime.Zero;
        bool read = reader.Read(zone, out var parsed);
        error = reader.Error;
        if (read)
        {
            time = parsed;
        }
        return read;
    }

    private sealed class Reader(string layout, string value)
    {
        private readonly string wholeLayout = layout;
        private readonly string wholeValue = value;
        private int year = 1, month = -1, day = -1, yearDay = -1, hour, minute, second, nanosecond;
        private bool pm, am, yearSet;
        private int? offset;
        private bool utc;
        private string abbreviation = "";
        private string rest = value;

        public string Error { get; private set; } = "";

        public bool Read(GoZone zone, out GoTime time)
        {
            time = GoTime.Zero;
            string left = wholeLayout;
            while (true)
            {
                var (before, element, after) = Next(left);
                string held = rest;
                if (!SkipLiteral(before))
                {
                    return Fail(before, held);
                }
                if (element.Length == 0)
                {
                    return rest.Length == 0 ? Build(zone, out time) : FailText($": extra text: {GoQuote.Quote(rest)}");
                }
                left = after;
                held = rest;
                string? range = Element(element, left);
                if (range == "")
                {
                    return Fail(element, held);
                }
                if (range is not null)
                {
                    return FailText($": {range} out of range");
                }
            }
        }

        private bool Fail(string element, string at)
        {
            Error = $"parsing time {GoQuote.Quote(wholeValue)} as {GoQuote.Quote(wholeLayout)}: cannot parse {GoQuote.Quote(at)} as {GoQuote.Quote(element)}";
            return false;
        }

        private bool FailText(string message)
        {
            Error = $"parsing time {GoQuote.Quote(wholeValue)}{message}";
            return false;
        }

        private bool SkipLiteral(string literal)
        {
            foreach (char c in literal)
            {
                if (c == ' ')
                {
                    if (rest.Length > 0 && rest[0] != ' ')
                    {
                        return false;
                    }
                    rest = rest.TrimStart(' ');
                    continue;
                }
                if (rest.Length == 0 || rest[0] != c)
                {
                    return false;
                }
                rest = rest[1..];
            }
            return true;
        }

        // Null where it was read, empty where it cannot be, else the name of what is out of range.
        private string? Element(string element, string following)
        {
            switch (element)
            {
                case "2006":
                    yearSet = true;
                    return rest.Length >= 4 && char.IsAsciiDigit(rest[0]) && Number(4, 4, out year) ? null : "";
                case "06":
                    if (!Number(2, 2, out year))
                    {
                        return "";
                    }
                    year += year >= 69 ? 1900 : 2000;
                    yearSet = true;
                    return null;
                case "January": return Name(Months, int.MaxValue, out month) ? null : "";
                case "Jan": return Name(Months, 3, out month) ? null : "";
                case "01": return Number(2, 2, out month) ? month is < 1 or > 12 ? "month" : null : "";
                case "1": return Number(1, 2, out month) ? month is < 1 or > 12 ? "month" : null : "";
                case "Monday": return Name(Days, int.MaxValue, out _) ? null : "";
                case "Mon": return Name(Days, 3, out _) ? null : "";
                case "02": return Number(2, 2, out day) ? null : "";
                case "2": return Number(1, 2, out day) ? null : "";
                case "_2":
                    rest = rest.StartsWith(' ') ? rest[1..] : rest;
                    return Number(1, 2, out day) ? null : "";
                case "002" or "__2":
                    rest = element == "__2" ? rest.TrimStart(' ') : rest;
                    return Number(element == "002" ? 3 : 1, 3, out yearDay) ? null : "";
                case "15": return Number(2, 2, out hour) ? hour > 23 ? "hour" : null : "";
                case "03": return Number(2, 2, out hour) ? hour > 12 ? "hour" : null : "";
                case "3": return Number(1, 2, out hour) ? hour > 12 ? "hour" : null : "";
                case "04": return Number(2, 2, out minute) ? minute > 59 ? "minute" : null : "";
                case "4": return Number(1, 2, out minute) ? minute > 59 ? "minute" : null : "";
                case "05" or "5":
                    if (!Number(element == "05" ? 2 : 1, 2, out second))
                    {
                        return "";
                    }
                    if (second > 59)
                    {
                        return "second";
                    }
                    return ImplicitFraction(following) ? null : "";
                case "PM" or "pm":
                    string half = rest.Length >= 2 ? rest[..2] : "";
                    pm = half == (element == "PM" ? "PM" : "pm");
                    am = half == (element == "PM" ? "AM" : "am");
                    rest = pm || am ? rest[2..] : rest;
                    return pm || am ? null : "";
                case "MST": return ZoneName() ? null : "";
                default:
                    return element[0] is '.' or ',' ? Fraction(element) ? null : "" : Offset(element);
            }
        }

        private bool Number(int least, int most, out int number)
        {
            int count = 0;
            while (count < most && count < rest.Length && char.IsAsciiDigit(rest[count]))
            {
                count++;
            }
            number = count < least || count == 0 ? 0 : int.Parse(rest.AsSpan(0, count), CultureInfo.InvariantCulture);
            if (count < least || count == 0)
            {
                return false;
            }
            rest = rest[count..];
            return true;
        }

        private bool Name(string[] names, int length, out int number)
        {
            for (int i = 0; i < names.Length; i++)
            {
                string name = names[i][..Math.Min(length, names[i].Length)];
                if (rest.StartsWith(name, StringComparison.OrdinalIgnoreCase))
                {
                    rest = rest[name.Length..];
                    number = i + 1;
                    return true;
                }
            }
            number = -1;
            return false;
        }

        // A fraction may follow the seconds though the layout has none.
        private bool ImplicitFraction(string following)
        {
            if (rest.Length < 2 || rest[0] is not ('.' or ',') || !char.IsAsciiDigit(rest[1]) || Next(following) is { Before: "", Element: [('.' or ','), ..] })
            {
                return true;
            }
            int end = 1;
            while (end < rest.Length && char.IsAsciiDigit(rest[end]))
            {
                end++;
            }
            return TakeFraction(end);
        }

        private bool Fraction(string element)
        {
            if (element[1] == '9')
            {
                if (rest.Length < 2 || rest[0] is not ('.' or ',') || !char.IsAsciiDigit(rest[1]))
                {
                    return true;
                }
                int end = 1;
                while (end < rest.Length && end < 10 && char.IsAsciiDigit(rest[end]))
                {
                    end++;
                }
                return TakeFraction(end);
            }
            return rest.Length >= element.Length && rest[0] is '.' or ',' && rest.AsSpan(1, element.Length - 1).IndexOfAnyExceptInRange('0', '9') < 0 && TakeFraction(element.Length);
        }

        private bool TakeFraction(int length)
        {
            string digits = rest[1..length];
            nanosecond = int.Parse(digits.PadRight(9, '0').AsSpan(0, 9), CultureInfo.InvariantCulture);
            rest = rest[length..];
            return true;
        }

        private bool ZoneName()
        {
            if (rest.StartsWith("UTC", StringComparison.Ordinal))
            {
                utc = true;
                rest = rest[3..];
                return true;
            }
            int end = 0;
            while (end < rest.Length && end < 6 && char.IsAsciiLetterUpper(rest[end]))
            {
                end++;
            }
            if (end is < 3 or > 5)
            {
                return false;
            }
            abbreviation = rest[..end];
            rest = rest[end..];
            return true;
        }

        private string? Offset(string element)
        {
            if (element[0] == 'Z' && rest.StartsWith('Z'))
            {
                rest = rest[1..];
                utc = true;
                return null;
            }
            bool colon = element.Contains(':');
            int parts = element.Count(char.IsAsciiDigit) / 2;
            int length = 1 + parts * 2 + (colon ? parts - 1 : 0);
            if (rest.Length < length || rest[0] is not ('+' or '-'))
            {
                return "";
            }
            string digits = rest[1..length];
            string[] fields = colon ? digits.Split(':') : digits.Chunk(2).Select(chunk => new string(chunk)).ToArray();
            if (fields.Length != parts || !fields.All(field => field.Length == 2 && field.All(char.IsAsciiDigit)))
            {
                return "";
            }
            int[] numbers = fields.Select(field => int.Parse(field, CultureInfo.InvariantCulture)).ToArray();
            int hours = numbers[0];
            int minutes = parts > 1 ? numbers[1] : 0;
            int seconds = parts > 2 ? numbers[2] : 0;
            if (hours > 24)
            {
                return "time zone offset hour";
            }
            if (minutes > 60)
            {
                return "time zone offset minute";
            }
            if (seconds > 60)
            {
                return "time zone offset second";
            }
            offset = (hours * 3600 + minutes * 60 + seconds) * (rest[0] == '-' ? -1 : 1);
            rest = rest[length..];
            return null;
        }

        private bool Build(GoZone zone, out GoTime time)
        {
            time = GoTime.Zero;
            hour = pm && hour < 12 ? hour + 12 : am && hour == 12 ? 0 : hour;
            if (!yearSet)
            {
                year = 0;
            }
            if (yearDay >= 0)
            {
                if (yearDay < 1 || yearDay > (GoDate.IsLeap(year) ? 366 : 365))
                {
                    return FailText(": day-of-year out of range");
                }
                var date = GoDate.From(new GoDate(year, 1, yearDay, 0, 0, 0).Seconds);
                (month, day) = (month < 0 ? date.Month : month, day < 0 ? date.Day : day);
            }
            month = month < 0 ? 1 : month;
            day = day < 0 ? 1 : day;
            if (day < 1 || day > GoDate.DaysInMonth(year, month))
            {
                return FailText(": day out of range");
            }
            long shown = new GoDate(year, month, day, hour, minute, second).Seconds;
            time = offset is { } east
                ? new GoTime(shown - east, nanosecond, ZoneOfOffset(zone, shown - east, east))
                : utc ? new GoTime(shown, nanosecond, GoZone.Utc)
                : abbreviation.Length > 0 ? new GoTime(shown, nanosecond, GoZone.Fixed(abbreviation, 0))
                : new GoTime(shown - zone.OffsetOfLocal(shown), nanosecond, zone);
            return true;
        }

        private GoZone ZoneOfOffset(GoZone zone, long instant, int east) =>
            zone.OffsetAt(instant) == east && (abbreviation.Length == 0 || zone.AbbreviationAt(instant) == abbreviation) ? zone : GoZone.Fixed(abbreviation, east);
    }
}
