using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NaaS.Tmf.Dialects;
using NaaS.Tmf.Json;
using NaaS.TmfRest.Queries;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Storage;

namespace NaaS.TmfRest.Routes;

/// <summary>
/// The body that a client sees. Where nothing of a resource changes on the way it is the stored text with id and href put in front;
/// otherwise (other dialects, <c>fields</c>, secrets) it is read and written anew.
/// </summary>
internal static class ResourceBody
{
    /// <summary>Writes one resource.</summary>
    public static Task WriteAsync(HttpContext context, ResourceDefinition resource, ResourceRow row, FieldSelection fields)
    {
        var asStored = IsAsStored(context, resource, fields);
        var output = Begin(context);
        Write(output, context, resource, row, asStored ? null : fields);
        return output.FlushAsync(context.RequestAborted).AsTask();
    }

    /// <summary>Writes a list.</summary>
    public static Task WriteAsync(HttpContext context, ResourceDefinition resource, List<ResourceRow> rows, FieldSelection fields)
    {
        var asStored = IsAsStored(context, resource, fields);
        var output = Begin(context);
        output.Write("["u8);
        for (var index = 0; index < rows.Count; index++)
        {
            output.Write(index == 0 ? [] : ","u8);
            Write(output, context, resource, rows[index], asStored ? null : fields);
        }

        output.Write("]"u8);
        return output.FlushAsync(context.RequestAborted).AsTask();
    }

    private static System.IO.Pipelines.PipeWriter Begin(HttpContext context)
    {
        context.Response.ContentType = JsonAnswer.MediaType;
        return context.Response.BodyWriter;
    }

    private static bool IsAsStored(HttpContext context, ResourceDefinition resource, FieldSelection fields) =>
        fields.IsAll && resource.ForReaders is null && DialectRoute.Of(context).Dialect == Dialect.Standard;

    private static void Write(IBufferWriter<byte> output, HttpContext context, ResourceDefinition resource, ResourceRow row, FieldSelection? changed)
    {
        if (changed is null)
        {
            WriteStored(output, row, context.RequestServices.GetRequiredService<Addresses>().Of(resource, row.Id));
        }
        else
        {
            JsonAnswer.Write(output, Changed(context, resource, row, changed));
        }
    }

    // What is stored is written by ResourceStore: an object without white space, without id and href.
    private static void WriteStored(IBufferWriter<byte> output, ResourceRow row, string address)
    {
        output.Write("{\"id\":\""u8);
        output.Write(JsonEncodedText.Encode(row.Id, TmfJson.Options.Encoder).EncodedUtf8Bytes);
        output.Write("\",\"href\":\""u8);
        output.Write(JsonEncodedText.Encode(address, TmfJson.Options.Encoder).EncodedUtf8Bytes);
        output.Write(row.Document is "{}" ? "\""u8 : "\","u8);
        Encoding.UTF8.GetBytes(row.Document.AsSpan(1), output);
    }

    private static JsonObject Changed(HttpContext context, ResourceDefinition resource, ResourceRow row, FieldSelection fields)
    {
        var dialect = DialectRoute.Of(context);
        var document = JsonNode.Parse(row.Document)!.AsObject();
        resource.ForReaders?.Invoke(document);
        var addressed = context.RequestServices.GetRequiredService<Addresses>().WithAddress(resource, row.Id, document, dialect.Prefix);
        return fields.Apply(dialect.Dialect.WriteResponse(resource.Name, addressed));
    }
}
