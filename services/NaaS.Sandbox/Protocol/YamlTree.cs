using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace NaaS.Sandbox.Protocol;

/// <summary>Reads a YAML document as JSON, plain scalars by the rules that Kubernetes' YAML reader follows.</summary>
internal static class YamlTree
{
    private const int Deepest = 512;
    private const int MostNodes = 1_000_000;

    public static JsonNode? Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        var nodes = 0;
        return stream.Documents.Count == 0 ? null : Value(stream.Documents[0].RootNode, 0, ref nodes);
    }

    private static JsonNode? Value(YamlNode node, int depth, ref int nodes)
    {
        // Aliases are expanded, so both bounds are needed against documents that explode.
        if (depth > Deepest || ++nodes > MostNodes)
        {
            throw new FormatException("document contains excessive aliasing or nesting");
        }
        switch (node)
        {
            case YamlMappingNode mapping:
                var map = new JsonObject();
                foreach (var (key, value) in mapping.Children)
                {
                    map[((YamlScalarNode)key).Value ?? ""] = Value(value, depth + 1, ref nodes);
                }
                return map;
            case YamlSequenceNode sequence:
                var list = new JsonArray();
                foreach (var item in sequence.Children)
                {
                    list.Add(Value(item, depth + 1, ref nodes));
                }
                return list;
            default:
                return Scalar((YamlScalarNode)node);
        }
    }

    private static JsonValue? Scalar(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style is not (ScalarStyle.Plain or ScalarStyle.Any) || scalar.Tag.ToString() == "tag:yaml.org,2002:str")
        {
            return JsonValue.Create(text);
        }
        return text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" => JsonValue.Create(true),
            "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" => JsonValue.Create(false),
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) && !HasLeadingZero(text) => JsonValue.Create(whole),
            _ when HasLeadingZero(text) && text.All(c => c is >= '0' and <= '7') => JsonValue.Create(Convert.ToInt64(text, 8)),
            _ when text.StartsWith("0o", StringComparison.Ordinal) && text[2..].All(c => c is >= '0' and <= '7') => JsonValue.Create(Convert.ToInt64(text[2..], 8)),
            _ when text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && long.TryParse(text[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hex) => JsonValue.Create(hex),
            _ when char.IsAsciiDigit(text[^1]) && text.All(c => char.IsAsciiDigit(c) || c is '.' or 'e' or 'E' or '+' or '-')
                && double.TryParse(text, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => JsonValue.Create(number),
            _ => JsonValue.Create(text),
        };
    }

    private static bool HasLeadingZero(string text) => text.Length > 1 && text[0] == '0' && char.IsAsciiDigit(text[1]);
}
