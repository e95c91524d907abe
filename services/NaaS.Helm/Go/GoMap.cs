namespace NaaS.Helm.Go;

/// <summary>
/// Go's <c>map[string]interface {}</c>: keys are byte strings, values are null, bool, nint (Go int), long (int64), double (float64),
/// string (byte string), <see cref="GoMap"/>, <see cref="GoList"/>, <see cref="GoBytes"/> or a <see cref="GoObject"/>.
/// A reference type, as in Go: <c>set</c> is seen by all holders.
/// </summary>
/// <param name="typeName">Go's name of the type, as <c>printf "%T"</c> prints it (<c>map[string]interface {}</c>, <c>common.Values</c> ...).</param>
public sealed class GoMap(string typeName = GoMap.Any) : Dictionary<string, object?>(StringComparer.Ordinal)
{
    /// <summary>Type name of a plain map.</summary>
    public const string Any = "map[string]interface {}";

    /// <summary>Type name of the values of a chart.</summary>
    public const string ChartValues = "common.Values";

    /// <summary>Type name of a map of strings, such as <c>split</c> makes.</summary>
    public const string OfStrings = "map[string]string";

    /// <summary>Go's name of this map's type.</summary>
    public string TypeName { get; } = typeName;

    /// <summary>Whether this is Go's nil map: it has no entries, takes none, and is <c>null</c> in JSON and YAML.</summary>
    public bool IsNil { get; init; }
}
