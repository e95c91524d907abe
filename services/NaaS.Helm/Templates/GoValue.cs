namespace NaaS.Helm.Templates;

/// <summary>
/// Go's <c>reflect.Value</c> as text/template needs it. A value read out of a map or slice of <c>interface {}</c> has the static type
/// <c>interface {}</c>, also when it is nil; a value that came through a pipeline has its own type, and nil is then no value at all.
/// The difference decides errors: <c>.a.b.c</c> fails on a nil, <c>((.a).b).c</c> does not.
/// </summary>
internal readonly struct GoValue(object? raw, bool isInterface)
{
    /// <summary>Stands for an argument that is not there.</summary>
    public static readonly GoValue Missing = new(new object(), false);

    public object? Raw { get; } = raw;

    public bool IsInterface { get; } = isInterface;

    public bool IsValid => Raw is not null || IsInterface;

    public bool IsMissing => ReferenceEquals(Raw, Missing.Raw);

    /// <summary>Name of the static type.</summary>
    public string TypeName => IsInterface ? "interface {}" : Go.GoTypes.TypeName(Raw);

    public static GoValue Of(object? raw) => new(raw, false);

    public static GoValue Element(object? raw) => new(raw, true);
}
