using System.Numerics;
using NaaS.Helm.Go;
using NaaS.Helm.Templates;
using static NaaS.Helm.Templates.GoType;

namespace NaaS.Helm.Functions;

/// <summary>eq, ne, lt, le, gt, ge: basic kinds compare only with their own kind.</summary>
internal static class ComparisonFunctions
{
    private enum Basic
    {
        None, Bool, Complex, Int, Float, Text, Uint,
    }

    public static void Register(FunctionBuilder table)
    {
        table.AddVariadic("eq", [Reflect, Reflect], (_, args) => Equal(args));
        table.Add("ne", [Reflect, Reflect], (_, args) => !Equal(args));
        table.Add("lt", [Reflect, Reflect], (_, args) => Less(args[0], args[1]));
        table.Add("le", [Reflect, Reflect], (_, args) => Less(args[0], args[1]) || Equal(args));
        table.Add("gt", [Reflect, Reflect], (_, args) => !(Less(args[0], args[1]) || Equal(args)));
        table.Add("ge", [Reflect, Reflect], (_, args) => !Less(args[0], args[1]));
    }

    private static bool Equal(object?[] args)
    {
        if (args.Length < 2)
        {
            throw new FunctionException("missing argument for comparison");
        }
        var kind = KindOf(args[0]);
        for (int i = 1; i < args.Length; i++)
        {
            if (Same(args[0], kind, args[i]))
            {
                return true;
            }
        }
        return false;
    }

    private static bool Same(object? a, Basic kind, object? b)
    {
        var other = KindOf(b);
        if (kind != other)
        {
            if (kind is Basic.Int or Basic.Uint && other is Basic.Int or Basic.Uint)
            {
                return ToBig(a) == ToBig(b);
            }
            return a is null || b is null ? false : throw Incompatible(a, b);
        }
        switch (kind)
        {
            case Basic.Bool:
                return (bool)a! == (bool)b!;
            case Basic.Int or Basic.Uint:
                return ToBig(a) == ToBig(b);
            case Basic.Float:
                return (double)a! == (double)b!;
            case Basic.Complex:
                return (Complex)a! == (Complex)b!;
            case Basic.Text:
                return (string)a! == (string)b!;
        }
        if (a is null || b is null)
        {
            return a is null && b is null;
        }
        if (GoTypes.Kind(a) != GoTypes.Kind(b))
        {
            throw new FunctionException(GoFormat.Sprintf("non-comparable types %s: %v, %s: %v", a, GoTypes.TypeName(a), GoTypes.TypeName(b), b));
        }
        if (b is GoMap or GoList or GoBytes || b is GoObject { Kind: "map" or "slice" })
        {
            throw new FunctionException(GoFormat.Sprintf("non-comparable type %s: ", b) + GoTypes.TypeName(b));
        }
        return GoTypes.TypeName(a) == GoTypes.TypeName(b) && (ReferenceEquals(a, b) || a.Equals(b));
    }

    private static bool Less(object? a, object? b)
    {
        var kind = KindOf(a);
        var other = KindOf(b);
        if (kind == Basic.None || other == Basic.None)
        {
            throw new FunctionException("invalid type for comparison");
        }
        if (kind is Basic.Int or Basic.Uint && other is Basic.Int or Basic.Uint)
        {
            return ToBig(a) < ToBig(b);
        }
        if (kind != other)
        {
            throw Incompatible(a!, b!);
        }
        return kind switch
        {
            Basic.Float => (double)a! < (double)b!,
            Basic.Text => string.CompareOrdinal((string)a!, (string)b!) < 0,
            _ => throw new FunctionException("invalid type for comparison"),
        };
    }

    private static FunctionException Incompatible(object a, object b) =>
        new($"incompatible types for comparison: {GoTypes.TypeName(a)} and {GoTypes.TypeName(b)}");

    private static Int128 ToBig(object? value) => value is GoNamed named ? named.Value : GoTypes.TryInt(value, out long signed) ? signed : GoTypes.TryUint(value, out ulong unsigned) ? unsigned : 0;

    private static Basic KindOf(object? value) => value switch
    {
        string => Basic.Text,
        double => Basic.Float,
        nint or long or int or GoNamed => Basic.Int,
        bool => Basic.Bool,
        byte or uint or ulong => Basic.Uint,
        Complex => Basic.Complex,
        _ => Basic.None,
    };
}
