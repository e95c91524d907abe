using System.Buffers.Binary;
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
        "Month" => Bind(name, () => GoNamed.Month(Local.Month)),
        "Weekday" => Bind(name, () => GoNamed.Weekday(Local.DayOfWeek)),
        "UTC" => Bind(name, () => In(GoZone.Utc)),
        "Local" => Bind(name, () => In(GoZone.Local)),
        "IsZero" => Bind(name, () => Equals(Zero)),
        "Date" or "Clock" => WithThreeResults(name),
        "ISOWeek" or "Zone" => WithSecondResult(name, "int"),
        "ZoneBounds" => WithSecondResult(name, "time.Time"),
        "GoString" => Bind(name, () => Syntax),
        "IsDST" => Bind(name, () => Zone.IsSummerAt(Seconds)),
        "Location" => Bind(name, () => new GoLocation(Zone)),
        "In" => new GoFunction(name, [GoType.Location], false, (_, args) => In((GoLocation?)args[0])),
        "Add" => new GoFunction(name, [GoType.Duration], false, (_, args) => Add(((GoNamed)args[0]!).Value)),
        "Round" => new GoFunction(name, [GoType.Duration], false, (_, args) => Rounded(((GoNamed)args[0]!).Value, up: true)),
        "Truncate" => new GoFunction(name, [GoType.Duration], false, (_, args) => Rounded(((GoNamed)args[0]!).Value, up: false)),
        "Sub" => new GoFunction(name, [GoType.Time], false, (_, args) => GoNamed.Duration(Since((GoTime)args[0]!))),
        "Compare" => new GoFunction(name, [GoType.Time], false, (_, args) => (nint)Math.Sign(Since((GoTime)args[0]!))),
        "MarshalText" => Bind(name, () => new GoBytes((string)JsonValue!)),
        "MarshalJSON" => Bind(name, () => new GoBytes($"\"{JsonValue}\"")),
        "MarshalBinary" or "GobEncode" => Bind(name, () => new GoBytes(Binary())),
        "AppendText" => new GoFunction(name, [GoType.Bytes], false, (_, args) => After(args[0], (string)JsonValue!)),
        "AppendBinary" => new GoFunction(name, [GoType.Bytes], false, (_, args) => After(args[0], Binary())),
        "AppendFormat" => new GoFunction(name, [GoType.Bytes, GoType.String], false, (_, args) => After(args[0], GoTimeFormat.Format(this, (string)args[1]!))),
        "AddDate" => new GoFunction(name, [GoType.Int, GoType.Int, GoType.Int], false, (_, args) => AddDate((int)(nint)args[0]!, (int)(nint)args[1]!, (int)(nint)args[2]!)),
        "After" => new GoFunction(name, [GoType.Time], false, (_, args) => Since((GoTime)args[0]!) > 0),
        "Before" => new GoFunction(name, [GoType.Time], false, (_, args) => Since((GoTime)args[0]!) < 0),
        "Equal" => new GoFunction(name, [GoType.Time], false, (_, args) => Equals((GoTime)args[0]!)),
        _ => null,
    };

    /// <summary>The time as Go code, which <c>%#v</c> prints.</summary>
    public string Syntax
    {
        get
        {
            var local = Local;
            string zone = Zone.IsUtc ? "time.UTC" : ReferenceEquals(Zone, GoZone.Local) ? "time.Local" : $"time.Location({GoQuote.Quote(Zone.Name)})";
            return $"time.Date({local.Year}, time.{GoTimeFormat.Months[local.Month - 1]}, {local.Day}, {local.Hour}, {local.Minute}, {local.Second}, {Nanoseconds}, {zone})";
        }
    }

    private static GoBytes After(object? bytes, string more) => new(((GoBytes?)bytes)?.Content + more);

    private GoTime In(GoLocation? location) => location is null ? throw new FunctionException("time: missing Location in call to Time.In") : In(location.Zone);

    // Multiples of a duration since the zero time, not since 1970.
    private GoTime Rounded(long unit, bool up)
    {
        var bare = In(Zone);
        if (unit <= 0)
        {
            return bare;
        }
        var rest = (long)(((((Int128)Seconds - Zero.Seconds) * GoDuration.Second + Nanoseconds) % unit + unit) % unit);
        return up && rest >= unit - rest ? bare.Add(unit - rest) : bare.Add(-rest);
    }

    /// <summary>Go's binary form: a version, seconds since the year 1, nanoseconds, and minutes east of UTC, which itself is -1.</summary>
    private string Binary()
    {
        int offset = Zone.OffsetAt(Seconds);
        int minutes = Zone.IsUtc ? -1 : offset / 60;
        bool hasSeconds = !Zone.IsUtc && offset % 60 != 0;
        if (minutes is < short.MinValue or > short.MaxValue || (minutes == -1 && !Zone.IsUtc))
        {
            throw new FunctionException("Time.MarshalBinary: unexpected zone offset");
        }
        Span<byte> bytes = stackalloc byte[16];
        bytes[0] = (byte)(hasSeconds ? 2 : 1);
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], Seconds - Zero.Seconds);
        BinaryPrimitives.WriteInt32BigEndian(bytes[9..], Nanoseconds);
        BinaryPrimitives.WriteInt16BigEndian(bytes[13..], (short)minutes);
        bytes[15] = (byte)(offset % 60);
        return GoString.FromBytes(hasSeconds ? bytes : bytes[..15]);
    }

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
