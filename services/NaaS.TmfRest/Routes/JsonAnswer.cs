using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using NaaS.Tmf.Json;

namespace NaaS.TmfRest.Routes;

/// <summary>Writes JSON answers.</summary>
internal static class JsonAnswer
{
    public const string MediaType = "application/json;charset=utf-8";

    public static async Task WriteAsync(HttpResponse response, JsonNode body)
    {
        response.ContentType = MediaType;
        Write(response.BodyWriter, body);
        await response.BodyWriter.FlushAsync(response.HttpContext.RequestAborted);
    }

    public static void Write(IBufferWriter<byte> output, JsonNode body)
    {
        using var writer = new Utf8JsonWriter(output, new() { Encoder = TmfJson.Options.Encoder, SkipValidation = true });
        body.WriteTo(writer, TmfJson.Options);
    }
}
