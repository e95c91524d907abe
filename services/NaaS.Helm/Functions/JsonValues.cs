using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NaaS.Helm.Go;

namespace NaaS.Helm.Functions;

/// <summary>JSON of the cluster as Kubernetes' unstructured objects hold it: whole numbers are int64.</summary>
internal static class JsonValues
{
    /// <summary>The value of a node.</summary>
    public static object? ToGo(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                var map = new GoMap();
                foreach (var (key, value) in fields)
                {
                    map[GoString.FromText(key)] = ToGo(value);
                }
                return map;
            case JsonArray items:
                var list = new GoList();
                foreach (var item in items)
                {
                    list.Add(ToGo(item));
                }
                return list;
            case JsonValue value:
                return value.GetValueKind() switch
                {
                    JsonValueKind.String => GoString.FromText(value.GetValue<string>()),
                    JsonValueKind.True => true,
                    JsonValueKind.False => false,
                    JsonValueKind.Number => Number(value.ToJsonString()),
                    _ => null,
                };
            default:
                return null;
        }
    }
    private static object Number(string text)
    {
        if (long.TryParse(text, CultureInfo.InvariantCulture, out long whole))
        {
            return whole;
        }
        return double.Parse(text, CultureInfo.InvariantCulture);
    }
}
