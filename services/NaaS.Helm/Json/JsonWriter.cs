using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using NaaS.Helm.Go;

namespace NaaS.Helm.Json;

/// <summary>Writes values as Go's encoding/json does: sorted keys, shortest numbers, HTML characters escaped unless told otherwise.</summary>
public static class JsonWriter
{
    private const int MaxDepth = 1000;

    /// <summary>Compact JSON as a byte string. NaN, infinities and cycles are a <see cref="JsonException"/>.</summary>
    /// <param name="value">The value.</param>
    /// <param name="escapeHtml">Whether &lt; &gt; &amp; are written as <c>\u003c</c> and so on.</param>
    /// <param name="indent">Blanks a level; 0 writes one line.</param>
    public static string Write(object? value, bool escapeHtml = true, int indent = 0)
    {
        var writer = new Walk(escapeHtml, indent);
        writer.Node(value, 0);
        return writer.ToString();
    }

    /// <summary>Whether a byte string is well-formed UTF-8.</summary>
    internal static bool IsUtf8(string bytes) =>
        Ascii.IsValid(bytes) || System.Text.Unicode.Utf8.IsValid(GoString.ToBytes(bytes));

    /// <summary>Characters that the string takes in JSON, quotes included.</summary>
    internal static int QuotedCharacters(string text) =>
        text.Length <= 170 ? text.Length : Write(text).Count(c => (c & 0xc0) != 0x80);

    private sealed class Walk(bool escapeHtml, int indent)
    {
        private readonly StringBuilder output = new();

        public void Node(object? value, int depth)
        {
            if (depth > MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            {
                throw new JsonException($"json: unsupported value: nested deeper than {MaxDepth}");
            }

            switch (value)
            {
                case null:
                case GoList { IsNil: true }:
                case GoMap { IsNil: true }:
                case GoBytes { IsNil: true }:
                    output.Append("null");
                    break;
                case bool flag:
                    output.Append(flag ? "true" : "false");
                    break;
                case string text:
                    Text(text);
                    break;
                case double number:
                    output.Append(double.IsFinite(number)
                        ? GoNumber.Json(number)
                        : throw new JsonException("json: unsupported value: " + GoNumber.General(number)));
                    break;
                case GoMap map:
                    Mapping(map.OrderBy(p => p.Key, StringComparer.Ordinal), map.Count, depth);
                    break;
                case GoFields fields:
                    Mapping(fields, fields.Count, depth);
                    break;
                case GoList list:
                    Sequence(list, depth);
                    break;
                case GoBytes bytes:
                    Text(bytes.Base64);
                    break;
                case GoObject other:
                    Node(other.JsonValue, depth + 1);
                    break;
                case IFormattable number:
                    output.Append(number.ToString(null, CultureInfo.InvariantCulture));
                    break;
                default:
                    throw new JsonException("json: unsupported type: " + value.GetType().Name);
            }
        }

        public override string ToString() => output.ToString();

        private void Mapping(IEnumerable<KeyValuePair<string, object?>> entries, int count, int depth)
        {
            output.Append('{');
            var first = true;
            foreach (var (key, value) in entries)
            {
                Separate(ref first, depth + 1);
                Text(key);
                output.Append(indent > 0 ? ": " : ":");
                Node(value, depth + 1);
            }

            Close('}', count, depth);
        }

        private void Sequence(GoList list, int depth)
        {
            output.Append('[');
            var first = true;
            foreach (var item in list)
            {
                Separate(ref first, depth + 1);
                Node(item, depth + 1);
            }

            Close(']', list.Count, depth);
        }

        private void Separate(ref bool first, int depth)
        {
            if (!first)
            {
                output.Append(',');
            }

            first = false;
            NewLine(depth);
        }

        private void Close(char bracket, int count, int depth)
        {
            if (count > 0)
            {
                NewLine(depth);
            }

            output.Append(bracket);
        }

        private void NewLine(int depth)
        {
            if (indent > 0)
            {
                output.Append('\n').Append(' ', indent * depth);
            }
        }

        private void Text(string bytes)
        {
            output.Append('"');
            if (IsUtf8(bytes))
            {
                Valid(bytes);
            }
            else
            {
                Invalid(bytes);
            }

            output.Append('"');
        }

        private void Valid(string text)
        {
            for (var i = 0; i < text.Length; i++)
            {
                var c = text[i];
                if (c is >= ' ' and < '\u007f' and not ('"' or '\\' or '<' or '>' or '&'))
                {
                    output.Append(c);
                    continue;
                }

                Escape(text, i, c);
                if (c == '\u00e2' && IsLineSeparator(text, i))
                {
                    i += 2;
                }
            }
        }

        /// <summary>Each byte that is no UTF-8 is written as an escaped U+FFFD.</summary>
        private void Invalid(string bytes)
        {
            var raw = GoString.ToBytes(bytes);
            for (var i = 0; i < raw.Length;)
            {
                var ok = Rune.DecodeFromUtf8(raw.AsSpan(i), out _, out var used) == System.Buffers.OperationStatus.Done;
                if (ok)
                {
                    Valid(bytes.Substring(i, used));
                }
                else
                {
                    output.Append("\\ufffd");
                }

                i += ok ? used : 1;
            }
        }

        private void Escape(string text, int i, char c)
        {
            switch (c)
            {
                case '"': output.Append("\\\""); break;
                case '\\': output.Append("\\\\"); break;
                case '\b': output.Append("\\b"); break;
                case '\f': output.Append("\\f"); break;
                case '\n': output.Append("\\n"); break;
                case '\r': output.Append("\\r"); break;
                case '\t': output.Append("\\t"); break;
                case '<' or '>' or '&' when escapeHtml:
                case < ' ':
                    output.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                    break;
                case '\u00e2' when IsLineSeparator(text, i):
                    output.Append(text[i + 2] == '\u00a8' ? "\\u2028" : "\\u2029");
                    break;
                default: output.Append(c); break;
            }
        }

        private static bool IsLineSeparator(string text, int i) =>
            i + 2 < text.Length && text[i + 1] == '\u0080' && text[i + 2] is '\u00a8' or '\u00a9';
    }
}
