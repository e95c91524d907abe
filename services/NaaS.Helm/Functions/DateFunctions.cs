using System.Globalization;
using NaaS.Helm.Go;
using NaaS.Helm.Templates;
using static NaaS.Helm.Templates.GoType;

namespace NaaS.Helm.Functions;

/// <summary>sprig's dates.</summary>
internal static class DateFunctions
{
    private const string HtmlLayout = "2006-01-02";

    public static void Register(FunctionBuilder table)
    {
        table.Add("now", [], (evaluator, _) => Now(evaluator));
        table.Add("date", [GoType.String, Any], (evaluator, args) => Format(evaluator, (string)args[0]!, args[1], "Local"));
        table.Add(["dateInZone", "date_in_zone"], [GoType.String, Any, GoType.String], (evaluator, args) => Format(evaluator, (string)args[0]!, args[1], (string)args[2]!));
        table.Add("htmlDate", [Any], (evaluator, args) => Format(evaluator, HtmlLayout, args[0], "Local"));
        table.Add("htmlDateInZone", [Any, GoType.String], (evaluator, args) => Format(evaluator, HtmlLayout, args[0], (string)args[1]!));
        table.Add(["dateModify", "date_modify"], [GoType.String, Time], (_, args) => Modify((string)args[0]!, (GoTime)args[1]!, must: false));
        table.Add(["mustDateModify", "must_date_modify"], [GoType.String, Time], (_, args) => Modify((string)args[0]!, (GoTime)args[1]!, must: true));
        table.Add("toDate", [GoType.String, GoType.String], (_, args) => Parse((string)args[0]!, (string)args[1]!, must: false));
        table.Add("mustToDate", [GoType.String, GoType.String], (_, args) => Parse((string)args[0]!, (string)args[1]!, must: true));
        table.Add("unixEpoch", [Time], (_, args) => ((GoTime)args[0]!).Seconds.ToString(CultureInfo.InvariantCulture));
        table.Add("ago", [Any], (evaluator, args) => GoDuration.Format(GoDuration.Round(Now(evaluator).Since(ToTime(evaluator, args[0], int32: false)), GoDuration.Second)));
        table.Add("duration", [Any], (_, args) => GoDuration.Format(unchecked(Seconds(args[0]) * GoDuration.Second)));
        table.Add("durationRound", [Any], (evaluator, args) => Rounded(Duration(evaluator, args[0])));
    }

    private static GoTime Now(Evaluator evaluator) => GoTime.Now(evaluator.Context.Now(), GoZone.Local, evaluator.Elapsed);

    private static GoTime ToTime(Evaluator evaluator, object? value, bool int32) => value switch
    {
        GoTime time => time,
        long seconds => new GoTime(seconds, 0, GoZone.Local),
        nint seconds => new GoTime(seconds, 0, GoZone.Local),
        int seconds when int32 => new GoTime(seconds, 0, GoZone.Local),
        _ => Now(evaluator),
    };

    private static string Format(Evaluator evaluator, string layout, object? date, string zone) =>
        GoTimeFormat.Format(ToTime(evaluator, date, int32: true).In(zone == "Local" ? GoZone.Local : GoZone.Find(zone) ?? GoZone.Utc), layout);

    private static GoTime Modify(string duration, GoTime time, bool must)
    {
        if (GoDuration.TryParse(duration, out long nanoseconds, out string error))
        {
            return time.Add(nanoseconds);
        }
        return must ? throw new FunctionException(error) : time;
    }

    private static GoTime Parse(string layout, string text, bool must) =>
        GoTimeFormat.TryParse(layout, text, GoZone.Local, out var time, out string error) || !must ? time : throw new FunctionException(error);

    private static long Seconds(object? value) => value switch
    {
        long number => number,
        string text => GoParse.TryParseInt(text, 10, out long parsed) ? parsed : 0,
        _ => 0,
    };

    private static long Duration(Evaluator evaluator, object? value) => value switch
    {
        long number => number,
        string text => GoDuration.TryParse(text, out long parsed, out _) ? parsed : 0,
        GoTime time => Now(evaluator).Since(time),
        _ => 0,
    };

    private static string Rounded(long duration)
    {
        const ulong hour = (ulong)GoDuration.Hour;
        ulong magnitude = duration < 0 ? (ulong)-(duration + 1) + 1 : (ulong)duration;
        foreach (var (unit, name) in new[] { (hour * 24 * 365, "y"), (hour * 24 * 30, "mo"), (hour * 24, "d"), (hour, "h"), ((ulong)GoDuration.Minute, "m"), ((ulong)GoDuration.Second, "s") })
        {
            if (magnitude > unit)
            {
                return $"{magnitude / unit}{name}";
            }
        }
        return "0s";
    }
}
