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

    /// <summary>A method that templates cannot call since it has three results.</summary>
    protected static GoFunction WithThreeResults(string name) => new(name, [], false, (_, _) => null) { Unusable = $"function {name} has 3 return values; should be 1 or 2" };

    /// <summary>A method that templates cannot call since its second result is no error.</summary>
    protected static GoFunction WithSecondResult(string name, string type) =>
        new(name, [], false, (_, _) => null) { Unusable = $"invalid function signature for {name}: second return value should be error; is {type}" };
}
