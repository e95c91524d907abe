using System.Text.Json;
using System.Text.Json.Nodes;
using NaaS.Helm.Go;

namespace NaaS.Helm.Functions;

/// <summary>JSON of the cluster as Kubernetes' unstructured objects hold it: whole numbers are int64.</summary>
internal static class JsonValues
{
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
                    JsonValueKind.Number => long.TryParse(value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture, out long whole)
                        ? whole
                        : double.Parse(value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture),
                    _ => null,
                };
            default:
                return null;
        }
    }
}
