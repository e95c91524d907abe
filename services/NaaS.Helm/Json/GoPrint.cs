using System.Globalization;
using NaaS.Helm.Go;

namespace NaaS.Helm.Json;

/// <summary>Plain values as Go's <c>%v</c> prints them in warnings and errors; the result is text.</summary>
internal static class GoPrint
{
    public static string Of(object? value) => value switch
    {
        null => "<nil>",
        bool flag => flag ? "true" : "false",
        string bytes => GoString.ToText(bytes),
        double number => GoNumber.General(number),
        GoMap map => $"map[{string.Join(' ', map.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{GoString.ToText(p.Key)}:{Of(p.Value)}"))}]",
        GoList list => $"[{string.Join(' ', list.Select(Of))}]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
