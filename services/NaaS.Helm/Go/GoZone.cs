namespace NaaS.Helm.Go;

/// <summary>A time zone: UTC, a fixed offset, or one of the zone database.</summary>
internal sealed class GoZone
{
    public static readonly GoZone Utc = new("UTC", 0);
    private readonly TimeZoneInfo? info;
    private readonly string abbreviation;
    private readonly int offset;

    private GoZone(string abbreviation, int offset) => (this.abbreviation, this.offset, Name) = (abbreviation, offset, abbreviation);

    private GoZone(TimeZoneInfo info, string name) => (this.info, abbreviation, Name) = (info, "", name);

    /// <summary>The zone of this process; never the same instance as <see cref="Utc"/>, from which Go tells it apart even where it is UTC.</summary>
    public static GoZone Local { get; } = FindLocal();

    /// <summary>Go's name of the zone.</summary>
    public string Name { get; private init; }

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
            return Local;
        }
        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out var info) ? new GoZone(info, name) : null;
    }

    private static GoZone FindLocal()
    {
        var local = TimeZoneInfo.Local;
        bool isUtc = local.BaseUtcOffset == TimeSpan.Zero && !local.SupportsDaylightSavingTime && local.StandardName is "UTC" or "Coordinated Universal Time";
        string name = Environment.GetEnvironmentVariable("TZ") is { Length: > 0 } given ? given : File.Exists("/etc/localtime") ? "Local" : "UTC";
        return isUtc ? new GoZone("UTC", 0) { Name = name } : new GoZone(local, name);
    }

    /// <summary>Whether clocks are put forward at an instant.</summary>
    public bool IsSummerAt(long seconds) => info is not null && info.IsDaylightSavingTime(Instant(seconds));

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
