using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using NaaS.Helm.Go;
using NaaS.Helm.Json;
using NaaS.Helm.Templates;

namespace NaaS.Helm.Toml;

/// <summary>Writes values as BurntSushi/toml 1.6 does: plain keys before tables, tables indented by two blanks a level.</summary>
public static class TomlWriter
{
    private const int MaxDepth = 1000;

    /// <summary>TOML of a map, a byte string.</summary>
    /// <exception cref="TomlException">The value is no map, or holds what TOML has no form for.</exception>
    public static string Write(object? value)
    {
        var writer = new Walk();
        writer.Top(value);
        return writer.ToString();
    }

    private sealed class Walk
    {
        private readonly StringBuilder output = new();

        public void Top(object? value)
        {
            switch (value is EngineObject { JsonValue: GoMap of } ? of : value)
            {
                case GoMap map:
                    Members([], map);
                    break;
                case var list when IsTableArray(list):
                    throw new TomlException("toml: top-level values must be Go maps or structs");
                default:
                    Element(value, 0);
                    break;
            }
        }

        public override string ToString() => output.ToString();

        private static bool IsNil(object? value) => value is null or GoList { IsNil: true };

        private static bool IsTable(object? value) => value is GoMap || IsTableArray(value);

        private static bool IsTableArray(object? value)
        {
            if (value is not GoList { Count: > 0 } list)
            {
                return false;
            }

            return list.Contains(null) ? throw new TomlException("toml: cannot encode array with nil element") : list.TrueForAll(item => item is GoMap);
        }

        private static IEnumerable<KeyValuePair<string, object?>> Ordered(GoMap map) => map.OrderBy(p => p.Key, StringComparer.Ordinal);

        private void Members(List<string> path, GoMap map)
        {
            if (path.Count > MaxDepth)
            {
                throw new TomlException($"toml: nested deeper than {MaxDepth}");
            }

            foreach (var (key, value) in Ordered(map).Where(p => !IsTable(p.Value) && !IsNil(p.Value)))
            {
                output.Append(' ', 2 * path.Count).Append(Quoted(key)).Append(" = ");
                Element(value, 0);
                output.Append('\n');
            }

            foreach (var (key, value) in Ordered(map).Where(p => IsTable(p.Value)))
            {
                Table([.. path, key], value!);
            }
        }

        private void Table(List<string> path, object value)
        {
            var indent = 2 * (path.Count - 1);
            var name = string.Join('.', path.Select(Quoted));
            if (value is GoMap map)
            {
                // Top-level tables stand apart.
                NewLine(path.Count == 1);
                output.Append(' ', indent).Append('[').Append(name).Append(']');
                NewLine(true);
                Members(path, map);
                return;
            }

            foreach (var item in (GoList)value)
            {
                NewLine(true);
                output.Append(' ', indent).Append("[[").Append(name).Append("]]");
                NewLine(true);
                Members(path, (GoMap)item!);
            }
        }

        private void NewLine(bool wanted)
        {
            if (wanted && output.Length > 0)
            {
                output.Append('\n');
            }
        }

        private void Element(object? value, int depth)
        {
            if (depth > MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            {
                throw new TomlException($"toml: nested deeper than {MaxDepth}");
            }

            switch (value)
            {
                case bool flag:
                    output.Append(flag ? "true" : "false");
                    break;
                case string text:
                    output.Append('"').Append(Escaped(text)).Append('"');
                    break;
                case double number:
                    output.Append(Float(number));
                    break;
                case GoList list:
                    Items(list, depth);
                    break;
                case GoMap map:
                    InlineTable(map, depth);
                    break;
                case GoBytes bytes:
                    output.Append('[').AppendJoin(", ", bytes.Content.Select(b => (int)b)).Append(']');
                    break;
                case GoTime time:
                    output.Append(time.JsonValue);
                    break;
                case GoObject other:
                    Element(other.JsonValue, depth + 1);
                    break;
                case IFormattable number:
                    output.Append(number.ToString(null, CultureInfo.InvariantCulture));
                    break;
                default:
                    throw new TomlException($"toml: unsupported type: {value?.GetType().Name ?? "nil"}");
            }
        }

        private void Items(GoList list, int depth)
        {
            output.Append('[');
            for (var i = 0; i < list.Count; i++)
            {
                output.Append(i > 0 ? ", " : "");
                if (list[i] is null)
                {
                    throw new TomlException("toml: cannot encode array with nil element");
                }

                Element(list[i], depth + 1);
            }

            output.Append(']');
        }

        private void InlineTable(GoMap map, int depth)
        {
            output.Append('{');
            var direct = Ordered(map).Where(p => !IsTable(p.Value)).ToList();
            var tables = Ordered(map).Where(p => IsTable(p.Value)).ToList();
            InlineMembers(direct, tables.Count > 0, depth);
            InlineMembers(tables, false, depth);
            output.Append('}');
        }

        private void InlineMembers(List<KeyValuePair<string, object?>> members, bool more, int depth)
        {
            for (var i = 0; i < members.Count; i++)
            {
                if (IsNil(members[i].Value))
                {
                    continue;
                }

                output.Append(Quoted(members[i].Key)).Append(" = ");
                Element(members[i].Value, depth + 1);
                output.Append(more || i < members.Count - 1 ? ", " : "");
            }
        }

        private static string Float(double number)
        {
            if (!double.IsFinite(number))
            {
                return double.IsNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
            }

            var text = GoNumber.General(number);
            return text.AsSpan().IndexOfAny('e', '.') >= 0 ? text : text + ".0";
        }

        private static string Quoted(string key)
        {
            var bare = key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
            return bare ? key : '"' + Escaped(key) + '"';
        }

        private static string Escaped(string text)
        {
            var escaped = new StringBuilder();
            foreach (var c in text)
            {
                _ = c switch
                {
                    '\t' => escaped.Append("\\t"),
                    '\n' => escaped.Append("\\n"),
                    '\r' => escaped.Append("\\r"),
                    '"' => escaped.Append("\\\""),
                    '\\' => escaped.Append("\\\\"),
                    '\b' => escaped.Append("\\b"),
                    '\f' => escaped.Append("\\f"),
                    < ' ' or '\u007f' => escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                    _ => escaped.Append(c),
                };
            }

            return escaped.ToString();
        }
    }
}
