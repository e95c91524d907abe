using System.Text.Json.Nodes;
using NaaS.Helm.Go;

namespace NaaS.Helm.Rendering;

/// <summary>Parsed YAML as JSON objects, texts as ordinary .NET texts.</summary>
internal static class JsonObjects
{
    private const double MaxExact = 9007199254740992;

    public static JsonObject Of(GoMap map)
    {
        var json = new JsonObject();
        foreach (var (key, value) in map)
        {
            json[GoString.ToText(key)] = Node(value);
        }
        return json;
    }

    private static JsonNode? Node(object? value) => value switch
    {
        null => null,
        string text => JsonValue.Create(GoString.ToText(text)),
        bool flag => JsonValue.Create(flag),
        double number => number == Math.Floor(number) && Math.Abs(number) <= MaxExact ? JsonValue.Create((long)number) : JsonValue.Create(number),
        long whole => JsonValue.Create(whole),
        GoMap map => Of(map),
        GoList list => List(list),
        _ => throw new InvalidOperationException($"YAML has no {value.GetType()}"),
    };

    private static JsonArray List(GoList list)
    {
        var array = new JsonArray();
        foreach (object? item in list)
        {
            array.Add(Node(item));
        }
        return array;
    }
}
