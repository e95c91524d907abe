using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Protocol;

/// <summary>GET of a collection: selectors, pages, tables.</summary>
internal static class Lists
{
    public static async Task RespondAsync(ApiRequest request)
    {
        var form = Representations.Of(request.Http.Request);
        CheckVersion(request);
        var limit = request.Number("limit") ?? 0;
        var page = Page(request, limit > 0 ? (int)Math.Min(limit, int.MaxValue) : int.MaxValue);
        if (form == Representation.Table)
        {
            var table = Tables.Of(request, page.Items, page.ResourceVersion, withColumns: true);
            Continue(table.Obj("metadata")!, page);
            await Replies.JsonAsync(request.Http, 200, table);
            return;
        }
        var items = form == Representation.Metadata
            ? page.Items.Select(i => (ReadOnlyMemory<byte>)Json.Bytes(Replies.PartialMetadata(request.Served.Out(i.Read()))))
            : page.Items.Select(request.Served.Bytes);
        await SendAsync(request, Head(request, form, page), [.. items]);
    }

    private static JsonObject Head(ApiRequest request, Representation form, Page page)
    {
        var meta = new JsonObject { ["resourceVersion"] = page.ResourceVersion.ToString(CultureInfo.InvariantCulture) };
        Continue(meta, page);
        return new JsonObject
        {
            ["kind"] = form == Representation.Metadata ? "PartialObjectMetadataList" : request.Type.ListKind,
            ["apiVersion"] = form == Representation.Metadata ? "meta.k8s.io/v1" : request.Served.ApiVersion,
            ["metadata"] = meta,
        };
    }

    /// <summary>Sends the list without parsing its items or holding it as a whole.</summary>
    private static async Task SendAsync(ApiRequest request, JsonObject head, IReadOnlyList<ReadOnlyMemory<byte>> items)
    {
        var start = Json.Bytes(head).AsMemory()[..^1];
        var response = request.Http.Response;
        response.ContentType = "application/json";
        response.ContentLength = start.Length + ",\"items\":[]}".Length + items.Sum(i => (long)i.Length) + Math.Max(0, items.Count - 1);
        if (request.Http.Request.Method == "HEAD")
        {
            return;
        }
        var body = response.BodyWriter;
        body.Write(start.Span);
        body.Write(",\"items\":["u8);
        var unsent = 0;
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
            {
                body.Write(","u8);
            }
            body.Write(items[i].Span);
            unsent += items[i].Length;
            if (unsent > 256 * 1024)
            {
                unsent = 0;
                await body.FlushAsync(request.Aborted);
            }
        }
        body.Write("]}"u8);
        await body.FlushAsync(request.Aborted);
    }

    private static void Continue(JsonObject meta, Page page)
    {
        if (page.Next is not null)
        {
            meta["continue"] = page.Next;
        }
        if (page.Remaining is { } remaining)
        {
            meta["remainingItemCount"] = remaining;
        }
    }

    private static void CheckVersion(ApiRequest request)
    {
        if (request.Query("resourceVersion") is not { Length: > 0 } text)
        {
            return;
        }
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            throw ApiErrors.BadRequest($"Invalid value: \"{text}\": strconv.ParseUint: parsing \"{text}\": invalid syntax");
        }
        if (version > request.Store.ResourceVersion)
        {
            throw new ApiStatusException(504, "Timeout", $"Timeout: Too large resource version: {version}, current: {request.Store.ResourceVersion}",
                new JsonObject
                {
                    ["causes"] = new JsonArray(new JsonObject { ["reason"] = "ResourceVersionTooLarge", ["message"] = "Too large resource version" }),
                    ["retryAfterSeconds"] = 1,
                });
        }
    }

    private static Page Page(ApiRequest request, int limit)
    {
        var fields = FieldSelector.Parse(request.Query("fieldSelector"), request.Type);
        var labels = LabelSelector.Parse(request.Query("labelSelector"));
        var token = request.Query("continue") is { Length: > 0 } text ? ContinueToken.Parse(text) : null;
        var all = token is null
            ? request.Store.List(request.Type, request.Namespace, labels, fields)
            : request.Server.Pages.Find(token.Id) ?? throw Expired();
        var start = token?.Start ?? 0;
        var items = all.Items.Skip(start).Take(limit).ToList();
        var rest = all.Items.Count - start - items.Count;
        if (rest <= 0)
        {
            return new Page(items, all.ResourceVersion, null, null);
        }
        var id = token?.Id ?? request.Server.Pages.Keep(all);
        var plain = labels.MatchesAll && fields.MatchesAll;
        return new Page(items, all.ResourceVersion, new ContinueToken(id, start + items.Count).ToString(), plain ? rest : null);
    }

    private static ApiStatusException Expired() => new(410, "Expired",
        "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.");

    private sealed record ContinueToken(string Id, int Start)
    {
        public static ContinueToken Parse(string text)
        {
            var bytes = new byte[text.Length];
            if (!Convert.TryFromBase64String(text, bytes, out var length)
                || Encoding.UTF8.GetString(bytes, 0, length).Split('/') is not [var id, var start]
                || !int.TryParse(start, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                throw ApiErrors.BadRequest("continue key is not valid: illegal base64 data at input byte 0");
            }
            return new ContinueToken(id, number);
        }

        public override string ToString() => Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Id}/{Start}")));
    }
}

/// <summary>Part of a list.</summary>
internal sealed record Page(IReadOnlyList<StoredObject> Items, long ResourceVersion, string? Next, int? Remaining);
