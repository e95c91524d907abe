using System.Globalization;
using System.Text;

namespace NaaS.Sandbox.Controllers.Cel;

internal enum CelTokenKind { End, Name, Whole, Real, Text, Sign }

internal readonly record struct CelToken(CelTokenKind Kind, string Text, int Position, object? Value = null);

/// <summary>Splits an expression into tokens.</summary>
internal static class CelScanner
{
    private static readonly string[] Signs =
        ["&&", "||", "==", "!=", "<=", ">=", "<", ">", "!", "+", "-", "*", "/", "%", "?", ":", ".", ",", "(", ")", "[", "]", "{", "}"];

    public static List<CelToken> Scan(string source)
    {
        var tokens = new List<CelToken>();
        var at = 0;
        while (at < source.Length)
        {
            if (char.IsWhiteSpace(source[at]))
            {
                at++;
                continue;
            }

            var token = Next(source, at, out var end);
            tokens.Add(token);
            at = end;
        }

        tokens.Add(new CelToken(CelTokenKind.End, "<EOF>", source.Length));
        return tokens;
    }

    private static CelToken Next(string source, int at, out int end)
    {
        var c = source[at];
        if (char.IsAsciiLetter(c) || c == '_')
        {
            end = at + 1;
            while (end < source.Length && (char.IsAsciiLetterOrDigit(source[end]) || source[end] == '_'))
            {
                end++;
            }

            return new CelToken(CelTokenKind.Name, source[at..end], at);
        }

        if (char.IsAsciiDigit(c))
        {
            return Number(source, at, out end);
        }

        if (c is '"' or '\'')
        {
            return Quoted(source, at, out end);
        }

        foreach (var sign in Signs)
        {
            if (string.CompareOrdinal(source, at, sign, 0, sign.Length) == 0)
            {
                end = at + sign.Length;
                return new CelToken(CelTokenKind.Sign, sign, at);
            }
        }

        throw CelException.At(source, at, $"Syntax error: token recognition error at: '{c}'");
    }

    private static CelToken Number(string source, int at, out int end)
    {
        end = at;
        while (end < source.Length && (char.IsAsciiDigit(source[end])
            || (source[end] == '.' && end + 1 < source.Length && char.IsAsciiDigit(source[end + 1]))))
        {
            end++;
        }

        var text = source[at..end];
        return text.Contains('.', StringComparison.Ordinal)
            ? new CelToken(CelTokenKind.Real, text, at, double.Parse(text, CultureInfo.InvariantCulture))
            : new CelToken(CelTokenKind.Whole, text, at, long.Parse(text, CultureInfo.InvariantCulture));
    }

    private static CelToken Quoted(string source, int at, out int end)
    {
        var quote = source[at];
        var text = new StringBuilder();
        for (end = at + 1; end < source.Length && source[end] != quote; end++)
        {
            if (source[end] == '\\' && end + 1 < source.Length)
            {
                end++;
                text.Append(source[end] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', var other => other });
            }
            else
            {
                text.Append(source[end]);
            }
        }

        if (end >= source.Length)
        {
            throw CelException.At(source, at, $"Syntax error: token recognition error at: '{source[at..]}'");
        }

        end++;
        return new CelToken(CelTokenKind.Text, source[at..end], at, text.ToString());
    }
}
