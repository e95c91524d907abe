using System.Numerics;
using NaaS.Helm.Templates;

namespace NaaS.Helm.Go;

/// <summary>Go's reflection over the value model: type names, kinds, truth, deep equality.</summary>
internal static class GoTypes
{
    private const int MaxDepth = 1000;

    /// <summary>What <c>%T</c> prints; <c>&lt;nil&gt;</c> for nil.</summary>
    public static string TypeName(object? value) => value switch
    {
        null => "<nil>",
        string => "string",
        double => "float64",
        bool => "bool",
        nint => "int",
        long => "int64",
        GoMap map => map.TypeName,
        GoList list => list.TypeName,
        GoObject other => other.TypeName,
        GoBytes => "[]uint8",
        byte => "uint8",
        uint => "uint32",
        int => "int32",
        ulong => "uint64",
        Complex => "complex128",
        _ => throw new InvalidOperationException($"no Go value: {value.GetType()}"),
    };

    /// <summary>What <c>reflect.Kind</c> prints.</summary>
    public static string Kind(object? value) => value switch
    {
        null => "invalid",
        GoMap => "map",
        GoList or GoBytes => "slice",
        GoObject other => other.Kind,
        _ => TypeName(value),
    };

    /// <summary>text/template's truth; also the opposite of sprig's <c>empty</c>.</summary>
    public static bool IsTrue(object? value) => value switch
    {
        null => false,
        string text => text.Length > 0,
        bool flag => flag,
        double number => number != 0,
        nint number => number != 0,
        long number => number != 0,
        GoMap map => map.Count > 0,
        GoList list => list.Count > 0,
        GoBytes bytes => bytes.Content.Length > 0,
        GoObject other => other.Length != 0,
        byte number => number != 0,
        uint number => number != 0,
        int number => number != 0,
        ulong number => number != 0,
        Complex number => number != Complex.Zero,
        _ => true,
    };

    /// <summary>Whether the value is one of Go's signed integers.</summary>
    public static bool TryInt(object? value, out long number)
    {
        switch (value)
        {
            case nint n: number = n; return true;
            case long n: number = n; return true;
            case int n: number = n; return true;
            default: number = 0; return false;
        }
    }

    /// <summary>Whether the value is one of Go's unsigned integers.</summary>
    public static bool TryUint(object? value, out ulong number)
    {
        switch (value)
        {
            case byte n: number = n; return true;
            case uint n: number = n; return true;
            case ulong n: number = n; return true;
            default: number = 0; return false;
        }
    }

    /// <summary><c>reflect.DeepEqual</c>: types count, so int 1 and float64 1 differ.</summary>
    /// <param name="a">One value.</param>
    /// <param name="b">The other.</param>
    /// <param name="step">Told how much was compared, so that a bound can stop it.</param>
    /// <param name="depth">How deep the two stand.</param>
    public static bool DeepEqual(object? a, object? b, Action<long>? step = null, int depth = 0)
    {
        if (depth > MaxDepth)
        {
            throw new LimitException($"rendering stopped: values are nested more than {MaxDepth} deep, or hold themselves");
        }
        step?.Invoke(1);
        switch (a)
        {
            case GoMap x:
                return b is GoMap y && x.TypeName == y.TypeName && x.Count == y.Count && (ReferenceEquals(x, y)
                    || x.All(pair => y.TryGetValue(pair.Key, out object? other) && DeepEqual(pair.Value, other, step, depth + 1)));
            case GoList x:
                if (b is not GoList z || x.TypeName != z.TypeName || x.Count != z.Count || x.IsNil != z.IsNil)
                {
                    return false;
                }
                for (int i = 0; i < x.Count && !ReferenceEquals(x, z); i++)
                {
                    if (!DeepEqual(x[i], z[i], step, depth + 1))
                    {
                        return false;
                    }
                }
                return true;
            case null:
                return b is null;
            default:
                return a.Equals(b);
        }
    }

    /// <summary>Sorted keys of a map, in the order in which templates range over it.</summary>
    public static string[] SortedKeys(GoMap map)
    {
        string[] keys = new string[map.Count];
        map.Keys.CopyTo(keys, 0);
        Array.Sort(keys, StringComparer.Ordinal);
        return keys;
    }
}
