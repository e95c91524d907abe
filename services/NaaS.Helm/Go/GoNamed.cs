using NaaS.Helm.Templates;

namespace NaaS.Helm.Go;

/// <summary>A whole number of a type of its own, with a text and methods: <c>time.Month</c>, <c>time.Weekday</c>, <c>time.Duration</c>.</summary>
internal sealed class GoNamed : EngineObject, IEquatable<GoNamed>
{
    private const string DurationType = "time.Duration";

    private GoNamed(string type, string kind, string text, long value) => (TypeName, Kind, Text, Value) = (type, kind, text, value);

    public override string TypeName { get; }

    public override string Kind { get; }

    public override string? Text { get; }

    public override object? JsonValue => Value;

    /// <summary>The number.</summary>
    public long Value { get; }

    /// <summary>A month; 1 is January.</summary>
    public static GoNamed Month(int month) => new("time.Month", "int", GoTimeFormat.Months[month - 1], month);

    /// <summary>A day of the week; 0 is Sunday.</summary>
    public static GoNamed Weekday(int day) => new("time.Weekday", "int", GoTimeFormat.Days[day], day);

    /// <summary>A duration in nanoseconds.</summary>
    public static GoNamed Duration(long nanoseconds) => new(DurationType, "int64", GoDuration.Format(nanoseconds), nanoseconds);

    public override GoFunction? Method(string name) => name == "String" ? Bind(name, () => Text) : TypeName == DurationType ? DurationMethod(name) : null;

    public bool Equals(GoNamed? other) => other is not null && TypeName == other.TypeName && Value == other.Value;

    public override bool Equals(object? obj) => Equals(obj as GoNamed);

    public override int GetHashCode() => HashCode.Combine(TypeName, Value);

    private GoFunction? DurationMethod(string name) => name switch
    {
        "Hours" => Bind(name, () => Parts(GoDuration.Hour)),
        "Minutes" => Bind(name, () => Parts(GoDuration.Minute)),
        "Seconds" => Bind(name, () => Parts(GoDuration.Second)),
        "Milliseconds" => Bind(name, () => Value / 1_000_000),
        "Microseconds" => Bind(name, () => Value / 1000),
        "Nanoseconds" => Bind(name, () => Value),
        "Abs" => Bind(name, () => Duration(Value == long.MinValue ? long.MaxValue : Math.Abs(Value))),
        "Round" => new GoFunction(name, [GoType.Duration], false, (_, args) => Duration(GoDuration.Round(Value, ((GoNamed)args[0]!).Value))),
        "Truncate" => new GoFunction(name, [GoType.Duration], false, (_, args) => Duration(Truncated(((GoNamed)args[0]!).Value))),
        _ => null,
    };

    // Whole and broken units are divided apart, as Go does, which decides the last digit.
    private object Parts(long unit) => (Value / unit) + (Value % unit / (double)unit);

    private long Truncated(long unit) => unit <= 0 ? Value : Value - Value % unit;
}
