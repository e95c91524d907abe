using NaaS.Helm.Templates;

namespace NaaS.Helm.Go;

/// <summary>Go's <c>time.Time</c>: an instant with the zone in which it is shown.</summary>
internal sealed class GoTime(long seconds, int nanoseconds, GoZone zone, long? monotonic = null) : EngineObject, IEquatable<GoTime>
{
    /// <summary>Go's zero time: year 1, UTC.</summary>
    public static readonly GoTime Zero = new(-62135596800, 0, GoZone.Utc);

    /// <summary>Seconds since 1970.</summary>
    public long Seconds { get; } = seconds;

    public int Nanoseconds { get; } = nanoseconds;

    public GoZone Zone { get; } = zone;

    public override string TypeName => "time.Time";

    /// <summary>As Go prints it: a time read from the clock also shows the monotonic clock's reading.</summary>
    public override string? Text => GoTimeFormat.Format(this, "2006-01-02 15:04:05.999999999 -0700 MST")
        + (monotonic is { } reading ? $" m={(reading < 0 ? '-' : '+')}{Math.Abs(reading / GoDuration.Second)}.{Math.Abs(reading % GoDuration.Second):D9}" : "");

    public override object? JsonValue => GoTimeFormat.Format(this, "2006-01-02T15:04:05.999999999Z07:00");

    /// <summary>What a clock shows.</summary>
    /// <param name="instant">The time.</param>
    /// <param name="zone">Zone in which it is shown.</param>
    /// <param name="sinceStart">Time since the program began, which Go prints beside it.</param>
    public static GoTime Now(DateTimeOffset instant, GoZone zone, TimeSpan sinceStart) =>
        new(instant.ToUnixTimeSeconds(), (int)(instant.UtcTicks % TimeSpan.TicksPerSecond * 100), zone, sinceStart.Ticks * 100);

    public GoTime In(GoZone other) => new(Seconds, Nanoseconds, other);

    /// <summary>Adds a duration in nanoseconds.</summary>
    public GoTime Add(long duration)
    {
        long whole = duration / GoDuration.Second;
        long rest = Nanoseconds + duration % GoDuration.Second;
        whole += (long)Math.Floor(rest / (double)GoDuration.Second);
        return new GoTime(Seconds + whole, (int)((rest % GoDuration.Second + GoDuration.Second) % GoDuration.Second), Zone, monotonic + duration);
    }

    /// <summary>Nanoseconds since another time; as far as a duration reaches.</summary>
    public long Since(GoTime other) =>
        (long)Int128.Clamp(((Int128)Seconds - other.Seconds) * GoDuration.Second + Nanoseconds - other.Nanoseconds, long.MinValue, long.MaxValue);

    /// <summary>Date and time of day as its zone shows them.</summary>
    public GoDate Local => GoDate.From(Seconds + Zone.OffsetAt(Seconds));

    public override GoFunction? Method(string name) => name switch
    {
        "Format" => Bind(name, layout => GoTimeFormat.Format(this, layout)),
        "String" => Bind(name, () => Text),
        "Unix" => Bind(name, () => Seconds),
        "UnixNano" => Bind(name, () => unchecked(Seconds * GoDuration.Second + Nanoseconds)),
        "UnixMilli" => Bind(name, () => Seconds * 1000 + Nanoseconds / 1_000_000),
        "UnixMicro" => Bind(name, () => Seconds * 1_000_000 + Nanoseconds / 1000),
        "Year" => Bind(name, () => (nint)Local.Year),
        "Day" => Bind(name, () => (nint)Local.Day),
        "YearDay" => Bind(name, () => (nint)Local.DayOfYear),
        "Hour" => Bind(name, () => (nint)Local.Hour),
        "Minute" => Bind(name, () => (nint)Local.Minute),
        "Second" => Bind(name, () => (nint)Local.Second),
        "Nanosecond" => Bind(name, () => (nint)Nanoseconds),
        "Month" => Bind(name, () => new GoNamed("time.Month", GoTimeFormat.Months[Local.Month - 1], Local.Month)),
        "Weekday" => Bind(name, () => new GoNamed("time.Weekday", GoTimeFormat.Days[Local.DayOfWeek], Local.DayOfWeek)),
        "UTC" => Bind(name, () => In(GoZone.Utc)),
        "Local" => Bind(name, () => In(GoZone.Local)),
        "IsZero" => Bind(name, () => Equals(Zero)),
        "Date" or "Clock" => new GoFunction(name, [], false, (_, _) => null) { Results = 3 },
        "AddDate" => new GoFunction(name, [GoType.Int, GoType.Int, GoType.Int], false, (_, args) => AddDate((int)(nint)args[0]!, (int)(nint)args[1]!, (int)(nint)args[2]!)),
        "After" => new GoFunction(name, [GoType.Time], false, (_, args) => Since((GoTime)args[0]!) > 0),
        "Before" => new GoFunction(name, [GoType.Time], false, (_, args) => Since((GoTime)args[0]!) < 0),
        "Equal" => new GoFunction(name, [GoType.Time], false, (_, args) => Equals((GoTime)args[0]!)),
        _ => null,
    };

    private GoTime AddDate(int years, int months, int days)
    {
        var local = Local;
        long shown = (local with { Year = local.Year + years, Month = local.Month + months, Day = local.Day + days }).Seconds;
        return new GoTime(shown - Zone.OffsetOfLocal(shown), Nanoseconds, Zone);
    }

    public bool Equals(GoTime? other) => other is not null && Seconds == other.Seconds && Nanoseconds == other.Nanoseconds;

    public override bool Equals(object? obj) => Equals(obj as GoTime);

    public override int GetHashCode() => HashCode.Combine(Seconds, Nanoseconds);
}

/// <summary>A number with a name, such as <c>time.Month</c>.</summary>
internal sealed class GoNamed(string type, string text, int value) : GoObject
{
    public override string TypeName => type;

    public override string Kind => "int";

    public override string? Text => text;

    public override object? JsonValue => (nint)Value;

    /// <summary>The number.</summary>
    public int Value { get; } = value;
}

/// <summary>A time zone: UTC, a fixed offset, or one of the zone database.</summary>
internal sealed class GoZone
{
    public static readonly GoZone Utc = new("UTC", 0);

    private readonly TimeZoneInfo? info;
    private readonly string abbreviation;
    private readonly int offset;

    private GoZone(string abbreviation, int offset) => (this.abbreviation, this.offset) = (abbreviation, offset);

    private GoZone(TimeZoneInfo info) => (this.info, abbreviation) = (info, "");

    public static GoZone Local { get; } = Find("Local") ?? Utc;

    public bool IsUtc => ReferenceEquals(this, Utc);

    /// <summary>A zone of a fixed offset in seconds.</summary>
    public static GoZone Fixed(string abbreviation, int offset) => new(abbreviation, offset);

    /// <summary><c>time.LoadLocation</c>; null where there is no such zone.</summary>
    public static GoZone? Find(string name)
    {
        if (name is "" or "UTC")
        {
            return Utc;
        }
        if (name.Contains("..", StringComparison.Ordinal) || name[0] is '/' or '\\')
        {
            return null;
        }
        if (name == "Local")
        {
            return TimeZoneInfo.Local.BaseUtcOffset == TimeSpan.Zero && !TimeZoneInfo.Local.SupportsDaylightSavingTime && TimeZoneInfo.Local.StandardName is "UTC" or "Coordinated Universal Time"
                ? Utc
                : new GoZone(TimeZoneInfo.Local);
        }
        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out var info) ? new GoZone(info) : null;
    }

    /// <summary>Seconds east of UTC at an instant.</summary>
    public int OffsetAt(long seconds) => info is null ? offset : (int)info.GetUtcOffset(Instant(seconds)).TotalSeconds;

    /// <summary>Seconds east of UTC where the zone shows a local time, given as if it were UTC.</summary>
    public int OffsetOfLocal(long shown)
    {
        int guess = OffsetAt(shown);
        int refined = OffsetAt(shown - guess);
        return refined == guess ? guess : OffsetAt(shown - refined);
    }

    /// <summary>Abbreviation at an instant, such as CET.</summary>
    public string AbbreviationAt(long seconds) => info is null ? abbreviation : info.IsDaylightSavingTime(Instant(seconds)) ? info.DaylightName : info.StandardName;

    private static DateTimeOffset Instant(long seconds) => DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, -62135596800, 253402300799));
}
