using System.Numerics;
using NaaS.Helm.Go;

namespace NaaS.Helm.Templates;

/// <summary>Reads number and character constants.</summary>
internal static class NumberParser
{
    /// <summary>Reads a constant; <paramref name="error"/> makes the exception of a malformed one.</summary>
    public static NumberNode Parse(Tree tree, Token token, Func<string, Exception> error) => token.Kind switch
    {
        TokenKind.CharConstant => Character(tree, token, error),
        TokenKind.Complex => FromComplex(tree, token, ParseComplex(token.Text) ?? throw error("strconv.ParseFloat: parsing complex: invalid syntax")),
        _ => Number(tree, token, error),
    };

    private static NumberNode Character(Tree tree, Token token, Func<string, Exception> error)
    {
        int at = 1;
        if (!GoQuote.TryUnquoteChar(token.Text, ref at, '\'', out int rune, out _))
        {
            throw error("invalid syntax");
        }
        if (at != token.Text.Length - 1)
        {
            throw error($"malformed character constant: {token.Text}");
        }
        return new NumberNode(tree, token.Position, token.Text)
        {
            IsInt = true,
            Int = rune,
            IsUint = true,
            Uint = (ulong)rune,
            IsFloat = true,
            Float = rune,
            Ideal = (nint)rune,
        };
    }

    private static NumberNode Number(Tree tree, Token token, Func<string, Exception> error)
    {
        string text = token.Text;
        if (text.EndsWith('i') && GoParse.TryParseFloat(text[..^1], out double imaginary))
        {
            return FromComplex(tree, token, new Complex(0, imaginary));
        }
        bool isUint = GoParse.TryParseUint(text, 0, out ulong unsigned);
        bool isInt = GoParse.TryParseInt(text, 0, out long signed);
        isUint |= isInt && signed == 0;
        bool isFloat = isInt || isUint;
        double value = isInt ? signed : unsigned;
        if (!isFloat && GoParse.TryParseFloat(text, out value))
        {
            if (text.AsSpan().IndexOfAny(".eEpP") < 0)
            {
                throw error($"integer overflow: {GoQuote.Quote(text)}");
            }
            isFloat = true;
            isInt = Math.Abs(value) < 9.3e18 && (double)(long)value == value;
            signed = isInt ? (long)value : 0;
            isUint = value is >= 0 and < 1.85e19 && (double)(ulong)value == value;
            unsigned = isUint ? (ulong)value : 0;
        }
        if (!isFloat)
        {
            throw error($"illegal number syntax: {GoQuote.Quote(text)}");
        }
        bool hex = text.Length > 2 && text[0] == '0' && text[1] is 'x' or 'X' && text.AsSpan().IndexOfAny('p', 'P') < 0;
        bool looksFloat = !hex && text.AsSpan().IndexOfAny(".eEpP") >= 0;
        return new NumberNode(tree, token.Position, text)
        {
            IsInt = isInt,
            Int = signed,
            IsUint = isUint,
            Uint = unsigned,
            IsFloat = isFloat,
            Float = value,
            Ideal = looksFloat ? value : isInt ? (object)(nint)signed : null,
        };
    }

    private static NumberNode FromComplex(Tree tree, Token token, Complex value)
    {
        bool real = value.Imaginary == 0;
        bool isInt = real && (double)(long)value.Real == value.Real;
        return new NumberNode(tree, token.Position, token.Text)
        {
            IsComplex = true,
            Complex = value,
            IsFloat = real,
            Float = real ? value.Real : 0,
            IsInt = isInt,
            Int = isInt ? (long)value.Real : 0,
            IsUint = isInt && value.Real >= 0,
            Uint = isInt && value.Real >= 0 ? (ulong)value.Real : 0,
            Ideal = value,
        };
    }

    private static Complex? ParseComplex(string text)
    {
        int split = text.LastIndexOfAny(['+', '-']);
        while (split > 0 && text[split - 1] is 'e' or 'E' or 'p' or 'P')
        {
            split = text.LastIndexOfAny(['+', '-'], split - 1);
        }
        return split > 0 && GoParse.TryParseFloat(text[..split], out double real) && GoParse.TryParseFloat(text[split..^1], out double imaginary)
            ? new Complex(real, imaginary)
            : null;
    }
}
