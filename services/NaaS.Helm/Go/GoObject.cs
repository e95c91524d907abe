namespace NaaS.Helm.Go;

/// <summary>
/// A Go value that is no plain map, slice, string, number or boolean: a struct, a pointer to one, or a named map such as <c>.Files</c>.
/// </summary>
public abstract class GoObject
{
    /// <summary>Go's name of the type, such as <c>time.Time</c>.</summary>
    public abstract string TypeName { get; }

    /// <summary>Go's name of the kind, such as <c>struct</c>, <c>ptr</c> or <c>map</c>.</summary>
    public virtual string Kind => "struct";

    /// <summary>What <c>fmt.Stringer</c> answers; null where the type is none.</summary>
    public virtual string? Text => null;

    /// <summary>What an action prints where only a pointer to the type is a <c>fmt.Stringer</c>; functions print the fields all the same.</summary>
    public virtual string? PointerText => null;

    /// <summary>What encoding/json writes in its place: a string, number, map, list or <see cref="GoFields"/>.</summary>
    public abstract object? JsonValue { get; }

    /// <summary>Number of elements of a map or list; -1 where the kind has no length.</summary>
    public virtual int Length => -1;

    /// <summary>Reads a field or calls a method without arguments; false where there is none.</summary>
    public virtual bool TryGetField(string name, out object? value)
    {
        value = null;
        return false;
    }

    /// <summary>Fields in order, as fmt prints them between braces.</summary>
    public virtual IReadOnlyList<KeyValuePair<string, object?>> Fields => [];
}

/// <summary>Fields of a struct in the order in which encoding/json writes them.</summary>
public sealed class GoFields : List<KeyValuePair<string, object?>>
{
    /// <summary>Adds a field.</summary>
    public void Add(string name, object? value) => Add(new KeyValuePair<string, object?>(name, value));
}
