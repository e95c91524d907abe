namespace NaaS.Helm.Go;

/// <summary>Go's slice; values as in <see cref="GoMap"/>.</summary>
/// <param name="typeName">Go's name of the type, as <c>printf "%T"</c> prints it (<c>[]interface {}</c>, <c>[]string</c> ...).</param>
public sealed class GoList(string typeName = GoList.Any) : List<object?>
{
    /// <summary>Type name of a plain slice.</summary>
    public const string Any = "[]interface {}";

    /// <summary>Type name of a slice of strings.</summary>
    public const string OfStrings = "[]string";

    /// <summary>Go's name of this slice's type.</summary>
    public string TypeName { get; } = typeName;

    /// <summary>Whether this is Go's nil slice: it has no elements and is <c>null</c> in JSON and YAML.</summary>
    public bool IsNil { get; init; }
}
