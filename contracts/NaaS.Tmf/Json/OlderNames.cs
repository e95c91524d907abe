using System.Text.Json.Nodes;

namespace NaaS.Tmf.Json;

/// <summary>Renames what TMF v4.0 and older files called otherwise, so that the rest knows one spelling.</summary>
public static class OlderNames
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["orderItem"] = "serviceOrderItem",
        ["orderItemRelationship"] = "serviceOrderItemRelationship",
        ["serviceSpecCharacteristic"] = "specCharacteristic",
        ["serviceSpecCharacteristicValue"] = "characteristicValueSpecification",
        ["serviceSpecCharRelationship"] = "charSpecRelationship",
        ["targetServiceSchema"] = "targetEntitySchema",
    };

    /// <summary>
    /// Renames in place, at any depth. Where both names are given, the official one stands. An <c>orderItem</c> that is an object is the reference
    /// inside a relationship and keeps its name.
    /// </summary>
    public static void Replace(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray array:
                foreach (var element in array)
                {
                    Replace(element);
                }

                break;
            case JsonObject fields:
                foreach (var name in fields.Select(field => field.Key).Where(Names.ContainsKey).ToList())
                {
                    Rename(fields, name);
                }

                foreach (var field in fields.Where(field => field.Key != "value"))
                {
                    Replace(field.Value);
                }

                break;
            default:
                break;
        }
    }

    private static void Rename(JsonObject fields, string name)
    {
        if (name == "orderItem" && fields[name] is JsonObject)
        {
            return;
        }

        var value = fields[name];
        fields.Remove(name);
        fields.TryAdd(Names[name], value);
    }
}
