using System.Buffers;
using System.Globalization;
using System.Text;

namespace NaaS.Helm.Tests.Rendering;

/// <summary>Random YAML values of the kinds that charts and their users get wrong.</summary>
internal sealed class RandomValues(int seed)
{
    private const int MaxDepth = 3;

    private static readonly string[] Scalars =
    [
        "yes", "no", "on", "off", "y", "n", "true", "False", "TRUE", "~", "null", "Null", "", "''", "\"\"", "0", "-0", "1", "-1", "+5", "007", "0o17",
        "0x1F", "0b101", "1_000", "08", "1e3", "1E-7", "1.0", "-2.50", ".5", "5.", "1e21", "1e20", "123456789012345678", "9007199254740993",
        "18446744073709551615", "1000000", "999999", "100000", "12345678", "0.1", "0.00001", "2024-01-02", "2024-01-02T03:04:05Z", "12:30:45", "1:2",
        "190:20:30", "1.2.3", "v1.2", "1,000", "hello", "hello world", "'it''s'", "\"a\\tb\\n\"", "\"\\u00e9\\x41\"", "\"\\U0001F600\"", "é", "日本語",
        "a#b", "a #b", "'#x'", "\"- a\"", "'- a'", "\"a: b\"", "'@at'", "'`tick'", "'%x'", "'!t'", "'&a'", "'*a'", "'{a'", "'[a'", "'|'", "'>'",
        "\" lead\"", "\"trail \"", "\"tab\\t\"", "\"line1\\nline2\"", "\"line1\\nline2\\n\"", "\"\\nlead\"", "\"  lead\\nx\"", "\"a\\n\\nb\\n\\n\"",
        "\"a \\nb\"", "\"\\r\\n\"", "\"\\x07\"", "\"\\u2028\"", "\"\\u0085\"", "\"\\ufeff\"", "<b>&'\"", "a\\b", "\"quote\\\"d\"", "'single''d'", "=", "<<",
        "'null'", "'true'", "'1'", "'1.5'", "'0x1'", "'1e3'", "'.inf'", "'-'", "'---'", "'...'", "\"? a\"", "'?'", "':'", "a:b", "http://x.y/z?a=b#c",
        "{}", "[]", "{a: 1}", "[1, a, null]", "'{{ .Release.Name }}'",
        "aaaaaaaaaa bbbbbbbbbb cccccccccc dddddddddd eeeeeeeeee ffffffffff gggggggggg hhhhhhhhhh iiiiiiiiii",
        "\"aaaaaaaaaa bbbbbbbbbb cccccccccc: dddddddddd eeeeeeeeee ffffffffff gggggggggg hhhhhhhhhh é\"",
        "https://example.org/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ];

    private static readonly string[] Keys =
        ["a", "b", "B", "_c", "a1", "a10", "a9", "name", "image.tag", "\"x y\"", "\"1\"", "2", "y", "no", "é", "\"\"", "\"a/b\"", "-d", "\"10\"", "\"9\"", "true", "1.5"];

    private static readonly string[] Runes = ["a", "Z", "0", " ", "\n", "\t", ":", "#", "-", "'", "\"", "\\", "é", "ß", "😀", "{", "}", ",", "%", "<", "&", "\u00a0", "\u0000"];

    private static readonly SearchValues<char> FlowCharacters = SearchValues.Create(",{}[]#");

    private readonly Random random = new(seed);

    /// <summary>A values document with a list <c>cases</c> of so many values.</summary>
    public string Document(int count)
    {
        var to = new StringBuilder("cases:\n");
        for (int i = 0; i < count; i++)
        {
            to.Append("- v: ").Append(Value(0)).Append('\n');
        }
        return to.ToString();
    }

    private string Value(int depth) => random.Next(depth < MaxDepth ? 10 : 6) switch
    {
        < 4 => Scalar(depth),
        4 => Quoted(Text()),
        5 => Number(),
        6 or 7 => $"[{string.Join(", ", Enumerable.Range(0, random.Next(4)).Select(_ => Value(depth + 1)))}]",
        _ => $"{{{string.Join(", ", Enumerable.Range(0, random.Next(5)).Select(_ => $"{Keys[random.Next(Keys.Length)]}: {Value(depth + 1)}"))}}}",
    };

    // Inside brackets an empty scalar would be no element, and some characters end a plain one.
    private string Scalar(int depth)
    {
        string scalar = Scalars[random.Next(Scalars.Length)];
        if (depth == 0 || scalar.Length == 0 || scalar[0] is '\'' or '"' or '{' or '[')
        {
            return depth > 0 && scalar.Length == 0 ? "~" : scalar;
        }
        return scalar.AsSpan().ContainsAny(FlowCharacters) ? Quoted(scalar) : scalar;
    }

    private static string Quoted(string text)
    {
        var to = new StringBuilder("\"");
        foreach (char c in text)
        {
            _ = c is '"' or '\\' ? to.Append('\\').Append(c) : c < ' ' ? to.Append($"\\x{(int)c:x2}") : to.Append(c);
        }
        return to.Append('"').ToString();
    }

    private string Text() => string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => Runes[random.Next(Runes.Length)]));

    private string Number() => random.Next(4) switch
    {
        0 => random.NextInt64().ToString(CultureInfo.InvariantCulture),
        1 => random.Next(-100, 100000).ToString(CultureInfo.InvariantCulture),
        2 => (random.NextDouble() * Math.Pow(10, random.Next(-8, 25))).ToString("R", CultureInfo.InvariantCulture),
        _ => Math.Round(random.NextDouble() * 1000, random.Next(4)).ToString(CultureInfo.InvariantCulture),
    };
}
