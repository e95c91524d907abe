using System.Text.Json;
using System.Text.Json.Nodes;
using NaaS.TmfRest.Errors;

namespace NaaS.TmfRest.Routes;

/// <summary>Refuses text that databases cannot keep: U+0000 and halves of surrogate pairs.</summary>
internal static class BodyText
{
    public static void Check(JsonNode? node)
    {
        try
        {
            Walk(node);
        }
        catch (InvalidOperationException)
        {
            // What System.Text.Json throws for half a surrogate pair.
            throw new InvalidBodyException("A text holds half a surrogate pair");
        }
    }

    private static void Walk(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                foreach (var (name, value) in fields)
                {
                    Check(name);
                    Walk(value);
                }

                break;
            case JsonArray array:
                foreach (var element in array)
                {
                    Walk(element);
                }

                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                Check(value.GetValue<string>());
                break;
            default:
                break;
        }
    }

    private static void Check(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new InvalidBodyException("U+0000 cannot be stored");
        }
    }
}
