using System.Globalization;
using System.Text;
using NaaS.Helm.Go;

namespace NaaS.Helm.Json;

/// <summary>Values as Go's <c>%#v</c> prints them in error texts of the YAML library, where maps have keys of any type.</summary>
internal static class GoSyntax
{
    private const string MapType = "map[interface {}]interface {}";

    public static string Of(object? value) => value switch
    {
        null => "interface {}(nil)",
        bool flag => flag ? "true" : "false",
        string text => Quote(text),
        double number => GoNumber.General(number),
        GoMap map => $"{MapType}{{{string.Join(", ", map.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{Quote(p.Key)}:{Of(p.Value)}"))}}}",
        GoList list => $"{GoList.Any}{{{string.Join(", ", list.Select(Of))}}}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>A Go string literal of a byte string, as <c>strconv.Quote</c> writes it for printable text.</summary>
    public static string Quote(string bytes)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in bytes)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\t' => quoted.Append("\\t"),
                '\r' => quoted.Append("\\r"),
                < ' ' or '\u007f' => quoted.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }
}
