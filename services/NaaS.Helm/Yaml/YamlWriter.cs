using System.Globalization;
using System.Runtime.CompilerServices;
using NaaS.Helm.Go;
using NaaS.Helm.Json;

namespace NaaS.Helm.Yaml;

/// <summary>
/// Writes values as YAML: <see cref="Write"/> as <c>sigs.k8s.io/yaml.Marshal</c> (through JSON, go-yaml v2),
/// <see cref="WritePretty"/> as <c>toYamlPretty</c> (go-yaml v3). The result is a byte string that ends in a line break.
/// </summary>
public static class YamlWriter
{
    private const int MaxDepth = 1000;
    private const string NextLine = "\u00c2\u0085";

    /// <summary>Writes a value; NaN, infinities, cycles and characters that YAML cannot hold are a <see cref="YamlException"/>.</summary>
    public static string Write(object? value)
    {
        var emitter = new YamlEmitter(pretty: false);
        new Walk(emitter, pretty: false).Node(value);
        return emitter.Finish();
    }

    /// <summary>Writes a value with indented lists, unfolded lines and floats as <c>%g</c>.</summary>
    public static string WritePretty(object? value)
    {
        var emitter = new YamlEmitter(pretty: true);
        new Walk(emitter, pretty: true).Node(value);
        return emitter.Finish();
    }

    private sealed class Walk(YamlEmitter emitter, bool pretty)
    {
        private int depth;

        public void Node(object? value)
        {
            if (++depth > MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            {
                throw new YamlException($"error marshaling into JSON: json: unsupported value: nested deeper than {MaxDepth}");
            }

            switch (value)
            {
                case GoList { IsNil: true } or GoMap { IsNil: true } or GoBytes { IsNil: true } when !pretty:
                case null:
                    emitter.Scalar("null", ScalarStyle.Plain);
                    break;
                case GoMap map:
                    Mapping(map);
                    break;
                case GoList list:
                    Sequence(list);
                    break;
                case string text:
                    Text(text);
                    break;
                case GoBytes bytes:
                    Text(bytes.Base64);
                    break;
                case GoFields fields:
                    Mapping(fields);
                    break;
                case GoObject other:
                    Node(other.JsonValue);
                    break;
                default:
                    emitter.Scalar(Plain(value), ScalarStyle.Plain);
                    break;
            }

            depth--;
        }

        private void Mapping(ICollection<KeyValuePair<string, object?>> map)
        {
            if (map.Count == 0)
            {
                emitter.EmptyMapping();
                return;
            }

            var before = emitter.BeginMapping();
            foreach (var (key, value) in (pretty ? NaturalOrder.V3 : NaturalOrder.V2).Sort(map))
            {
                var text = Checked(key);
                if (!pretty && (key.Contains(NextLine, StringComparison.Ordinal) || JsonWriter.QuotedCharacters(text) > 1024))
                {
                    // The JSON in between is read back as YAML, where a longer key, or one of several lines, is none.
                    throw new YamlException("error converting JSON to YAML: yaml: did not find expected ',' or '}'");
                }

                emitter.Key(text, Style(text));
                Node(value);
            }

            emitter.End(before);
        }

        private void Sequence(GoList list)
        {
            if (list.Count == 0)
            {
                emitter.EmptySequence();
                return;
            }

            var before = emitter.BeginSequence();
            foreach (var item in list)
            {
                emitter.Item();
                Node(item);
            }

            emitter.End(before);
        }

        private void Text(string bytes)
        {
            if (pretty && !JsonWriter.IsUtf8(bytes))
            {
                var encoded = Base64Lines(bytes);
                emitter.Scalar(encoded, encoded.Contains('\n') ? ScalarStyle.Literal : ScalarStyle.Plain, "!!binary");
                return;
            }

            var text = Checked(bytes);
            emitter.Scalar(text, Style(text));
        }

        private ScalarStyle Style(string text)
        {
            if (text.Contains('\n'))
            {
                return ScalarStyle.Literal;
            }

            var typed = pretty ? YamlScalars.IsTypedV3(text) : YamlScalars.IsTyped(text);
            return typed || YamlScalars.IsBase60(text) ? ScalarStyle.DoubleQuoted : ScalarStyle.Plain;
        }

        /// <summary>What the way through JSON makes of a string, and refuses.</summary>
        private string Checked(string bytes)
        {
            if (pretty)
            {
                return bytes;
            }

            var text = JsonWriter.IsUtf8(bytes) ? bytes : GoString.FromText(GoString.ToText(bytes));
            foreach (var c in text)
            {
                if (c is '\u007f' or '\u00c2' or '\u00ef' or '\u00f4')
                {
                    return Reread(text);
                }
            }

            return text;
        }

        /// <summary>In JSON, DEL and C1 controls stand raw and YAML refuses them; U+0085 stands raw and is a line break there.</summary>
        private static string Reread(string text)
        {
            try
            {
                return new YamlParser(JsonWriter.Write(text)).NextDocument()!.Value;
            }
            catch (YamlException e)
            {
                throw new YamlException("error converting JSON to YAML: " + e.Message);
            }
        }

        private string Plain(object value) => value switch
        {
            bool flag => flag ? "true" : "false",
            double number => Float(number),
            float number => Float(number),
            nint number => number.ToString(CultureInfo.InvariantCulture),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => throw new YamlException($"error marshaling into JSON: json: unsupported type: {value.GetType().Name}"),
        };

        private string Float(double number)
        {
            if (!double.IsFinite(number))
            {
                var text = GoNumber.General(number);
                return pretty
                    ? text switch { "+Inf" => ".inf", "-Inf" => "-.inf", _ => ".nan" }
                    : throw new YamlException($"error marshaling into JSON: json: unsupported value: {text}");
            }

            // Through JSON a whole number that fits 64 bits comes back as an integer.
            if (!pretty && number == Math.Truncate(number) && Math.Abs(number) < 1e21)
            {
                if (number is > -9223372036854775808.0 and < 9223372036854775808.0)
                {
                    return JsonInteger(number);
                }

                if (number is > 0 and < 18446744073709551616.0)
                {
                    return GoNumber.Json(number);
                }
            }

            return GoNumber.General(number);
        }

        private static string JsonInteger(double number)
        {
            var text = GoNumber.Json(number);
            return text == "-0" ? "0" : text;
        }

        private static string Base64Lines(string bytes)
        {
            var text = Convert.ToBase64String(GoString.ToBytes(bytes));
            return text.Length < 70 ? text : string.Concat(text.Chunk(70).Select(line => new string(line) + "\n"));
        }
    }
}
