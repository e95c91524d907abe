using NaaS.Helm.Go;

namespace NaaS.Helm.Templates;

/// <summary>A Go object with methods that templates can call.</summary>
internal abstract class EngineObject : GoObject
{
    /// <summary>The method of a name, bound to this object; null where there is none.</summary>
    public virtual GoFunction? Method(string name) => null;

    /// <summary>Elements to range over, in order; null where the kind cannot be ranged over.</summary>
    public virtual IEnumerable<KeyValuePair<object?, object?>>? Elements => null;

    /// <summary>Element of a key, for <c>index</c>; false where there is none.</summary>
    public virtual bool TryIndex(object key, out object? value)
    {
        value = null;
        return false;
    }

    protected static GoFunction Bind(string name, Func<object?> body) => new(name, [], false, (_, _) => body());

    protected static GoFunction Bind(string name, Func<string, object?> body) => new(name, [GoType.String], false, (_, args) => body((string)args[0]!));
}
