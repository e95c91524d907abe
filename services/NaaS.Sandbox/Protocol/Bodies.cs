using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Protocol;

/// <summary>Reads request bodies.</summary>
internal static class Bodies
{
    private const int Largest = 3 * 1024 * 1024;

    /// <summary>The body as bytes; one above 3 MiB is a 413.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, cancellationToken)) > 0)
        {
            if (buffer.Length + read > Largest)
            {
                throw new ApiStatusException(413, "RequestEntityTooLarge", $"Request entity too large: limit is {Largest}");
            }
            buffer.Write(chunk, 0, read);
        }
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    /// <summary>An object in JSON, YAML or Kubernetes' protobuf; null for an empty body.</summary>
    public static async Task<JsonObject?> ReadObjectAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await ReadAsync(request, cancellationToken);
        return Parse(body, request.ContentType) switch
        {
            null => null,
            JsonObject json => json,
            _ => throw ApiErrors.BadRequest("the body of the request is not an object"),
        };
    }

    /// <summary>The value of a JSON, YAML or protobuf body; null for an empty one. Of a key that stands twice the last counts.</summary>
    public static JsonNode? Parse(ReadOnlyMemory<byte> body, string? contentType)
    {
        var text = body.Span.Trim(" \t\r\n"u8);
        if (text.IsEmpty)
        {
            return null;
        }
        try
        {
            if (contentType?.Contains("protobuf", StringComparison.Ordinal) ?? false)
            {
                return ProtobufTree.Is(body.Span) ? ProtobufTree.Parse(body.Span) : throw ApiErrors.BadRequest("the body of the request is not Kubernetes' protobuf");
            }
            return text[0] is (byte)'{' or (byte)'[' ? JsonTree.Parse(text) : YamlTree.Parse(Encoding.UTF8.GetString(body.Span));
        }
        catch (Exception wrong) when (wrong is JsonException or YamlDotNet.Core.YamlException or FormatException)
        {
            throw ApiErrors.BadRequest($"the object provided is unrecognized: json parse error: {wrong.Message}");
        }
    }
}
