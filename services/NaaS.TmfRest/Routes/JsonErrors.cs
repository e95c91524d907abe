using System.Text.Json;
using System.Text.Json.Nodes;
using NaaS.Tmf.Json;
using NaaS.TmfRest.Errors;

namespace NaaS.TmfRest.Routes;

/// <summary>Turns System.Text.Json's errors into words for clients.</summary>
internal static class JsonErrors
{
    /// <summary>Reads a document into its model; names the attribute that has the wrong form.</summary>
    public static T Read<T>(JsonNode document)
    {
        try
        {
            return TmfJson.Read<T>(document);
        }
        catch (JsonException exception)
        {
            var path = exception.Path is { Length: > 2 } full ? full[2..] : "body";
            throw new InvalidBodyFieldException($"{path}: {Text(exception)}");
        }
    }

    /// <summary>The message without .NET's names and positions.</summary>
    public static string Text(JsonException exception)
    {
        if (exception.Message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal))
        {
            return "has the wrong type";
        }

        var end = exception.Message.IndexOf(" Path: ", StringComparison.Ordinal);
        end = end < 0 ? exception.Message.IndexOf(" LineNumber: ", StringComparison.Ordinal) : end;
        return end < 0 ? exception.Message : exception.Message[..end];
    }
}
