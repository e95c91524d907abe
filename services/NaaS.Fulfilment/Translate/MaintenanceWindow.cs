using System.Globalization;
using System.Text.RegularExpressions;

namespace NaaS.Fulfilment.Translate;

/// <summary>
/// When automatic versions may be taken: <c>02:00-04:00</c>, <c>Sat,Sun 22:00-02:00</c>, <c>Mon-Fri 01:00-03:00 Europe/Berlin</c>; UTC where no time
/// zone is named. A window over midnight belongs to the day on which it opens.
/// </summary>
internal sealed partial record MaintenanceWindow
{
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private readonly HashSet<DayOfWeek> days;
    private readonly TimeSpan opens;
    private readonly TimeSpan length;
    private readonly TimeZoneInfo zone;

    private MaintenanceWindow(HashSet<DayOfWeek> days, TimeSpan opens, TimeSpan closes, TimeZoneInfo zone)
    {
        this.days = days;
        this.opens = opens;
        this.zone = zone;
        length = closes > opens ? closes - opens : closes - opens + TimeSpan.FromDays(1);
    }

    /// <summary>Reads a window. Throws <see cref="FormatException"/> where the text is none.</summary>
    public static MaintenanceWindow Parse(string text)
    {
        var match = Form().Match(text.Trim());
        if (!match.Success)
        {
            throw new FormatException($"\"{text}\" is no maintenance window such as \"Sat,Sun 02:00-04:00 Europe/Berlin\"");
        }

        return new(DaysOf(match.Groups["days"].Value), Time(match.Groups["from"].Value), Time(match.Groups["to"].Value), ZoneOf(match.Groups["zone"].Value));
    }

    /// <summary>When it is open next: now where it is open.</summary>
    public DateTimeOffset NextOpen(DateTimeOffset now)
    {
        var today = TimeZoneInfo.ConvertTime(now, zone).Date;
        for (var day = -1; day <= 7; day++)
        {
            var date = today.AddDays(day);
            var start = Instant(date + opens);
            if (days.Contains(date.DayOfWeek) && start + length > now)
            {
                return start > now ? start : now;
            }
        }

        throw new InvalidOperationException("a window that opens on no day");
    }

    private DateTimeOffset Instant(DateTime local) =>
        // An hour that the clocks leave out does not exist: the window opens when they have gone on.
        zone.IsInvalidTime(local) ? Instant(local.AddHours(1)) : new(local, zone.GetUtcOffset(local));

    private static HashSet<DayOfWeek> DaysOf(string text)
    {
        if (text.Length == 0)
        {
            return [.. Enum.GetValues<DayOfWeek>()];
        }

        var named = new HashSet<DayOfWeek>();
        foreach (var part in text.Split(','))
        {
            var ends = part.Split('-');
            var (first, last) = (Day(ends[0]), Day(ends[^1]));
            for (var day = first; ; day = (day + 1) % 7)
            {
                named.Add((DayOfWeek)day);
                if (day == last)
                {
                    break;
                }
            }
        }

        return named;
    }

    private static int Day(string text) => Array.IndexOf(Days, text.ToLowerInvariant()) is >= 0 and var day ? day : throw new FormatException($"\"{text}\" is no day such as Mon");

    private static TimeSpan Time(string text) => TimeSpan.TryParseExact(text, @"h\:mm", CultureInfo.InvariantCulture, out var time) && time < TimeSpan.FromDays(1)
        ? time
        : throw new FormatException($"\"{text}\" is no time such as 02:00");

    private static TimeZoneInfo ZoneOf(string text) => text.Length == 0
        ? TimeZoneInfo.Utc
        : TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone) ? zone : throw new FormatException($"\"{text}\" is no time zone such as Europe/Berlin");

    [GeneratedRegex(@"\A(?:(?<days>[A-Za-z]{3}(?:[-,][A-Za-z]{3})*)\s+)?(?<from>\d{1,2}:\d{2})\s*-\s*(?<to>\d{1,2}:\d{2})(?:\s+(?<zone>[A-Za-z0-9_+\-/]+))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
