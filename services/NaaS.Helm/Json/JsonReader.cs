using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using NaaS.Helm.Go;

namespace NaaS.Helm.Json;

/// <summary>Reads JSON as Go's encoding/json does into <c>interface {}</c>: numbers are float64, the last of equal keys wins. Byte strings in and out.</summary>
public static class JsonReader
{
    /// <summary>Reads one value that fills the whole text.</summary>
    /// <exception cref="JsonException">The text is no JSON; the message is encoding/json's.</exception>
    public static object? Read(string text)
    {
        var reader = new Reader(text, 0);
        var value = reader.Value();
        reader.End();
        return value;
    }

    /// <summary>Reads an object; null gives an empty one.</summary>
    /// <exception cref="JsonException">The text is no JSON or something else.</exception>
    public static GoMap ReadMap(string text) => Read(text) switch
    {
        null => [],
        GoMap map => map,
        var other => throw Mismatch(other, GoMap.Any),
    };

    /// <summary>Reads an array; null gives an empty one.</summary>
    /// <exception cref="JsonException">The text is no JSON or something else.</exception>
    public static GoList ReadList(string text) => Read(text) switch
    {
        null => [],
        GoList list => list,
        var other => throw Mismatch(other, GoList.Any),
    };

    /// <summary>As <see cref="Read"/>, with numbers kept as they are written; a text that ends too early is "unexpected EOF", as Go's decoder says.</summary>
    internal static object? ReadExact(string text)
    {
        var reader = new Reader(text, 0, exact: true);
        var value = reader.Value();
        reader.End();
        return value;
    }

    /// <summary>Reads one value at a position and moves the position behind it.</summary>
    internal static object? ReadPrefix(string text, ref int position)
    {
        var reader = new Reader(text, position);
        var value = reader.Value();
        position = reader.Position;
        return value;
    }

    private static JsonException Mismatch(object value, string type)
    {
        var kind = value switch { GoMap => "object", GoList => "array", string => "string", bool => "bool", _ => "number" };
        return new JsonException($"json: cannot unmarshal {kind} into Go value of type {type}");
    }

    private sealed class Reader(string text, int start, bool exact = false)
    {
        private const int MaxDepth = 1000;
        private int pos = start;
        private int depth;

        public int Position => pos;

        public void End()
        {
            Blanks();
            if (pos < text.Length)
            {
                throw Invalid("after top-level value");
            }
        }

        public object? Value()
        {
            Blanks();
            if (pos >= text.Length)
            {
                throw Ended();
            }

            switch (text[pos])
            {
                case '{':
                    return Nested(Object);
                case '[':
                    return Nested(Array);
                case '"':
                    return Text();
                case 't':
                    return Word("true", true);
                case 'f':
                    return Word("false", false);
                case 'n':
                    return Word("null", null);
                case '-' or (>= '0' and <= '9'):
                    return Number();
                default:
                    throw Invalid("looking for beginning of value");
            }
        }

        private object Nested(Func<object> read)
        {
            if (++depth > MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            {
                throw new JsonException("exceeded max depth");
            }

            var value = read();
            depth--;
            return value;
        }

        private GoMap Object()
        {
            var map = new GoMap();
            pos++;
            Blanks();
            if (Take('}'))
            {
                return map;
            }

            while (true)
            {
                Blanks();
                Require('"', "looking for beginning of object key string");
                var key = Text();
                Blanks();
                Require(':', "after object key");
                pos++;
                map[key] = Value();
                Blanks();
                if (Take('}'))
                {
                    return map;
                }

                Require(',', "after object key:value pair");
                pos++;
            }
        }

        private GoList Array()
        {
            var list = new GoList();
            pos++;
            Blanks();
            if (Take(']'))
            {
                return list;
            }

            while (true)
            {
                list.Add(Value());
                Blanks();
                if (Take(']'))
                {
                    return list;
                }

                Require(',', "after array element");
                pos++;
            }
        }

        private object? Word(string word, object? value)
        {
            for (var i = 0; i < word.Length; i++, pos++)
            {
                if (pos >= text.Length)
                {
                    throw Ended();
                }

                if (text[pos] != word[i])
                {
                    throw Invalid($"in literal {word} (expecting '{word[i]}')");
                }
            }

            return value;
        }

        private object Number()
        {
            var from = pos;
            Take('-');
            if (!Take('0'))
            {
                Digits("in numeric literal");
            }

            if (Take('.'))
            {
                Digits("after decimal point in numeric literal");
            }

            if (pos < text.Length && text[pos] is 'e' or 'E')
            {
                pos++;
                if (!Take('+'))
                {
                    Take('-');
                }

                Digits("in exponent of numeric literal");
            }

            var literal = text[from..pos];
            if (exact)
            {
                return new JsonNumber(literal);
            }

            var value = double.Parse(literal, CultureInfo.InvariantCulture);
            return double.IsFinite(value)
                ? value
                : throw new JsonException($"json: cannot unmarshal number {literal} into Go value of type float64");
        }

        private void Digits(string where)
        {
            if (pos >= text.Length)
            {
                throw Ended();
            }

            if (!char.IsAsciiDigit(text[pos]))
            {
                throw Invalid(where);
            }

            while (pos < text.Length && char.IsAsciiDigit(text[pos]))
            {
                pos++;
            }
        }

        private string Text()
        {
            var from = ++pos;
            while (pos < text.Length && text[pos] is not ('"' or '\\' or < ' '))
            {
                pos++;
            }

            if (pos < text.Length && text[pos] == '"')
            {
                return Utf8(text[from..pos++]);
            }

            var value = new StringBuilder(text, from, pos - from, 64 + pos - from);
            while (true)
            {
                if (pos >= text.Length)
                {
                    throw Ended();
                }

                var c = text[pos];
                if (c == '"')
                {
                    pos++;
                    return Utf8(value.ToString());
                }

                if (c < ' ')
                {
                    throw Invalid("in string literal");
                }

                if (c == '\\')
                {
                    Escape(value);
                }
                else
                {
                    value.Append(c);
                    pos++;
                }
            }
        }

        private void Escape(StringBuilder value)
        {
            if (++pos >= text.Length)
            {
                throw Ended();
            }

            var c = text[pos];
            if (c == 'u')
            {
                pos++;
                var unit = Unit();
                if (char.IsHighSurrogate((char)unit) && pos + 1 < text.Length && text[pos] == '\\' && text[pos + 1] == 'u')
                {
                    var before = pos;
                    pos += 2;
                    var low = Unit();
                    if (char.IsLowSurrogate((char)low))
                    {
                        value.Append(GoString.FromText(new string([(char)unit, (char)low])));
                        return;
                    }

                    pos = before;
                }

                value.Append(GoString.FromText(char.IsSurrogate((char)unit) ? "\ufffd" : ((char)unit).ToString()));
                return;
            }

            value.Append(c switch
            {
                '"' or '\\' or '/' => c,
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                _ => throw Invalid("in string escape code"),
            });
            pos++;
        }

        private int Unit()
        {
            var unit = 0;
            for (var i = 0; i < 4; i++, pos++)
            {
                if (pos >= text.Length)
                {
                    throw Ended();
                }

                if (!char.IsAsciiHexDigit(text[pos]))
                {
                    throw Invalid("in \\u hexadecimal character escape");
                }

                unit = (unit << 4) | Convert.ToInt32(text[pos].ToString(), 16);
            }

            return unit;
        }

        private static string Utf8(string bytes) => JsonWriter.IsUtf8(bytes) ? bytes : GoString.FromText(GoString.ToText(bytes));

        private bool Take(char c)
        {
            var taken = pos < text.Length && text[pos] == c;
            pos += taken ? 1 : 0;
            return taken;
        }

        private void Require(char c, string where)
        {
            if (pos >= text.Length)
            {
                throw Ended();
            }

            if (text[pos] != c)
            {
                throw Invalid(where);
            }
        }

        private void Blanks()
        {
            while (pos < text.Length && text[pos] is ' ' or '\t' or '\r' or '\n')
            {
                pos++;
            }
        }

        private JsonException Ended() => new(!exact ? "unexpected end of JSON input" : text.AsSpan().Trim().Length == 0 ? "EOF" : "unexpected EOF");

        private JsonException Invalid(string where)
        {
            var c = text[pos];
            var shown = c switch
            {
                '\'' => "'\\''",
                '"' => "'\"'",
                '\\' => "'\\\\'",
                '\n' => "'\\n'",
                '\t' => "'\\t'",
                '\r' => "'\\r'",
                < ' ' or '\u007f' => $"'\\x{(int)c:x2}'",
                _ => $"'{c}'",
            };
            return new JsonException($"invalid character {shown} {where}");
        }
    }
}
