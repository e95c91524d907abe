using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Protocol;

/// <summary>Writes answers.</summary>
internal static class Replies
{
    /// <summary>Answers with a JSON document.</summary>
    public static Task JsonAsync(HttpContext http, int code, JsonNode json, string contentType = "application/json") =>
        BytesAsync(http, code, Json.Bytes(json), contentType);

    /// <summary>Answers with JSON that is there already.</summary>
    public static async Task BytesAsync(HttpContext http, int code, ReadOnlyMemory<byte> utf8, string contentType = "application/json")
    {
        http.Response.StatusCode = code;
        http.Response.ContentType = contentType;
        http.Response.ContentLength = utf8.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(utf8, http.RequestAborted);
        }
    }

    /// <summary>Answers with one object, in the form that the client asked for.</summary>
    public static Task ObjectAsync(ApiRequest request, int code, StoredObject item) => Representations.Of(request.Http.Request) switch
    {
        Representation.Table => JsonAsync(request.Http, code, Tables.Of(request, [item], item.ResourceVersion, withColumns: true)),
        Representation.Metadata => JsonAsync(request.Http, code, PartialMetadata(request.Served.Out(item.Read()))),
        _ => BytesAsync(request.Http, code, request.Served.Bytes(item)),
    };

    /// <summary>Answers with a refusal.</summary>
    public static Task StatusAsync(HttpContext http, ApiStatusException refusal)
    {
        if (refusal.RetryAfter is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }
        return JsonAsync(http, refusal.Code, refusal.ToStatus());
    }

    /// <summary>An object's metadata alone.</summary>
    public static JsonObject PartialMetadata(JsonObject json) => new()
    {
        ["kind"] = "PartialObjectMetadata",
        ["apiVersion"] = "meta.k8s.io/v1",
        ["metadata"] = json["metadata"]?.DeepClone(),
    };

    /// <summary>Announces warnings in headers.</summary>
    public static void Warn(HttpContext http, IEnumerable<string> warnings)
    {
        foreach (var warning in warnings.Take(20))
        {
            var text = string.Concat(warning.Where(c => c is >= ' ' and < (char)127)).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
            http.Response.Headers.Append("Warning", $"299 - \"{text}\"");
        }
    }
}
