using System.Text.Json.Nodes;
using NaaS.Tmf.Characteristics;

namespace NaaS.Tmf.OpenSlice;

/// <summary>Values and value types: OpenSlice wraps each value as texts, <c>{"value": "1", "alias": ""}</c>.</summary>
internal static class OpenSliceValues
{
    private static readonly HashSet<string> Known =
    [
        "INTEGER", "SMALLINT", "LONGINT", "FLOAT", "BINARY", "BOOLEAN", "ARRAY", "SET", "TEXT", "LONGTEXT", "ENUM", "TIMESTAMP", "MAP", "OBJECT",
    ];

    /// <summary>Takes the value out of its wrapping; a telling alias stays beside it.</summary>
    public static void Unwrap(JsonObject characteristic)
    {
        if (ValueText.Unwrap(characteristic["value"]) is var value && value == characteristic["value"])
        {
            return;
        }

        if (((JsonObject)characteristic["value"]!).Text("alias") is { Length: > 0 } alias)
        {
            characteristic["alias"] = alias;
        }

        characteristic["value"] = value?.DeepClone();
    }

    /// <summary>Wraps the value, an absent one too: OpenSlice reads it without looking.</summary>
    public static void Wrap(JsonObject characteristic)
    {
        characteristic["value"] = new JsonObject
        {
            ["value"] = ValueText.Of(ValueText.Unwrap(characteristic["value"])),
            ["alias"] = characteristic.Remove("alias", out var alias) ? ValueText.Of(alias) : "",
        };
        characteristic["valueType"] = Type(characteristic.Text("valueType"));
    }

    /// <summary>The name in OpenSlice's enumeration of value types.</summary>
    public static string Type(string valueType) => valueType.ToUpperInvariant() switch
    {
        "INT" => "INTEGER",
        "LONG" => "LONGINT",
        "NUMBER" or "DOUBLE" or "DECIMAL" => "FLOAT",
        "DATETIME" or "DATE" => "TIMESTAMP",
        var name => Known.Contains(name) ? name : "TEXT",
    };
}
