using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using NaaS.Tmf.Json;
using NaaS.TmfRest.Errors;

namespace NaaS.TmfRest.Routes;

/// <summary>Reads JSON bodies within their bounds.</summary>
internal static class RequestBody
{
    private static readonly JsonDocumentOptions Bounds = new() { MaxDepth = TmfJson.MaxDepth, AllowDuplicateProperties = false };

    /// <summary>The media type without parameters; <c>application/json</c> where none is given.</summary>
    public static string MediaType(HttpRequest request) =>
        string.IsNullOrEmpty(request.ContentType) ? "application/json"
        : MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? type.MediaType.ToString().ToLowerInvariant()
        : throw new UnsupportedMediaTypeException($"{request.ContentType} cannot be read");

    /// <summary>Reads the body.</summary>
    public static async Task<JsonNode> ReadAsync(HttpRequest request)
    {
        var limit = request.HttpContext.RequestServices.GetRequiredService<IOptions<TmfOptions>>().Value.MaximumBody;
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = limit;
        }

        try
        {
            var node = await JsonNode.ParseAsync(request.Body, documentOptions: Bounds, cancellationToken: request.HttpContext.RequestAborted);
            BodyText.Check(node);
            return node ?? throw new InvalidBodyException("null is not a body");
        }
        catch (JsonException) when (request.ContentLength is 0)
        {
            throw new MissingBodyException();
        }
        catch (JsonException exception)
        {
            throw new InvalidBodyException($"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}: {JsonErrors.Text(exception)}");
        }
    }

    /// <summary>Reads a body that must be an object.</summary>
    public static async Task<JsonObject> ReadObjectAsync(HttpRequest request) =>
        await ReadAsync(request) as JsonObject ?? throw new InvalidBodyException("An object is required");
}
