namespace NaaS.Helm.Templates;

/// <summary>Go types that functions ask of their arguments.</summary>
internal enum GoType
{
    Any, Reflect, String, Int, Int64, Float64, Bool, Uint32, Map, List, Bytes, Time, Duration, Location, Certificate,
}

/// <summary>A function of the template language.</summary>
/// <param name="name">Name in templates.</param>
/// <param name="parameters">Types of the parameters; with <paramref name="variadic"/> the last one repeats.</param>
/// <param name="variadic">Whether the last parameter repeats.</param>
/// <param name="body">Gets arguments of the asked types; nil maps and lists are null. Fails with <see cref="FunctionException"/>.</param>
internal sealed class GoFunction(string name, GoType[] parameters, bool variadic, Func<Evaluator, object?[], object?> body)
{
    public string Name { get; } = name;

    public GoType[] Parameters { get; } = parameters;

    public bool Variadic { get; } = variadic;

    public Func<Evaluator, object?[], object?> Body { get; } = body;

    /// <summary><c>and</c> and <c>or</c> stop at the argument that decides.</summary>
    public bool IsShortCircuit { get; } = name is "and" or "or" && variadic;

    /// <summary>Whether no value at all, unlike nil, is refused by Go's reflection.</summary>
    public bool NeedsValue { get; init; }

    /// <summary>Why templates cannot call it, in Go's words: they want one result, or two of which the second is an error. Null where they can.</summary>
    public string? Unusable { get; init; }

    /// <summary>Type of the argument at a position.</summary>
    public GoType Parameter(int at) => at < Parameters.Length ? Parameters[at] : Parameters[^1];
}

/// <summary>Names of types, and which values are assignable to them.</summary>
internal static class GoTypeNames
{
    public static string Name(this GoType type) => type switch
    {
        GoType.Any => "interface {}",
        GoType.Reflect => "reflect.Value",
        GoType.String => "string",
        GoType.Int => "int",
        GoType.Int64 => "int64",
        GoType.Float64 => "float64",
        GoType.Bool => "bool",
        GoType.Uint32 => "uint32",
        GoType.Map => Go.GoMap.Any,
        GoType.List => Go.GoList.Any,
        GoType.Bytes => "[]uint8",
        GoType.Time => "time.Time",
        GoType.Duration => "time.Duration",
        GoType.Location => "*time.Location",
        GoType.Certificate => "sprig.certificate",
        _ => throw new InvalidOperationException($"unnamed type {type}"),
    };

    public static bool CanBeNil(this GoType type) => type is GoType.Any or GoType.Reflect or GoType.Map or GoType.List or GoType.Bytes or GoType.Location;

    public static bool Accepts(this GoType type, object value) => type switch
    {
        GoType.Any or GoType.Reflect => true,
        GoType.String => value is string,
        GoType.Int => value is nint,
        GoType.Int64 => value is long,
        GoType.Float64 => value is double,
        GoType.Bool => value is bool,
        GoType.Uint32 => value is uint,
        GoType.Map => value is Go.GoMap { TypeName: not Go.GoMap.OfStrings },
        GoType.List => value is Go.GoList { TypeName: Go.GoList.Any },
        GoType.Bytes => value is Go.GoBytes,
        GoType.Time or GoType.Duration or GoType.Location or GoType.Certificate => value is Go.GoObject other && other.TypeName == type.Name(),
        _ => false,
    };
}
