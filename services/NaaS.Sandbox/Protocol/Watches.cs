using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Protocol;

/// <summary>GET with <c>watch=true</c>: a stream of events, one JSON document a line.</summary>
internal sealed class Watches
{
    private const int Backlog = 16_384;
    private const int Largest = 256 * 1024;
    private static readonly TimeSpan BookmarkEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWatch = TimeSpan.FromMinutes(45);

    private readonly ApiRequest _request;
    private readonly Representation _form;
    private readonly LabelSelector _labels;
    private readonly FieldSelector _fields;
    private bool _columnsSent;
    private int _unsent;

    private Watches(ApiRequest request)
    {
        _request = request;
        _form = Representations.Of(request.Http.Request);
        _labels = LabelSelector.Parse(request.Query("labelSelector"));
        _fields = FieldSelector.Parse(request.Query("fieldSelector"), request.Type);
    }

    public static async Task RespondAsync(ApiRequest request)
    {
        var watches = new Watches(request);
        var (from, initial) = watches.Start();
        ObjectWatch? watch = null;
        ApiStatusException? refused = null;
        try
        {
            watch = request.Store.Watch(request.Type, request.Namespace, from, Backlog);
        }
        catch (ApiStatusException tooOld) when (tooOld.Code == 410)
        {
            refused = tooOld;
        }
        using (watch)
        {
            request.Http.Response.ContentType = "application/json";
            await request.Http.Response.StartAsync(request.Aborted);
            await request.Http.Response.Body.FlushAsync(request.Aborted);
            if (refused is not null)
            {
                await watches.SendAsync("ERROR", Json.Bytes(refused.ToStatus()));
                return;
            }
            await watches.RunAsync(watch!, initial);
        }
    }

    /// <summary>Where to begin; and the store's version at which the initial state is complete, when the client wants to be told.</summary>
    private (long? From, long? Initial) Start()
    {
        var version = _request.Number("resourceVersion") ?? 0;
        if (_request.Flag("sendInitialEvents") && _request.Query("sendInitialEvents") is not null)
        {
            return (null, _request.Store.Settled);
        }
        return (version == 0 ? null : Math.Min(version, _request.Store.Settled), null);
    }

    private async Task RunAsync(ObjectWatch watch, long? initial)
    {
        var clock = _request.Server.Clock;
        var bookmarks = _request.Flag("allowWatchBookmarks") && _request.Query("allowWatchBookmarks") is not null;
        var seconds = _request.Number("timeoutSeconds") ?? 0;
        using var end = new CancellationTokenSource(seconds > 0 ? TimeSpan.FromSeconds(seconds) : LongestWatch, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(end.Token, _request.Aborted, _request.Server.Stopping);
        try
        {
            if (initial is { } complete)
            {
                await DrainAsync(watch);
                await BookmarkAsync(complete, initialEnd: true);
            }
            while (true)
            {
                var version = _request.Store.Settled;
                await DrainAsync(watch);
                var more = await watch.WaitAsync(BookmarkEvery, clock, stop.Token);
                if (more is false)
                {
                    return;
                }
                if (more is null && bookmarks)
                {
                    await BookmarkAsync(version, initialEnd: false);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The time is up, or the client or the server went away: the stream just ends.
        }
        catch (ApiStatusException behind)
        {
            await SendAsync("ERROR", Json.Bytes(behind.ToStatus()));
        }
        catch (IOException)
        {
            // The client is gone, or the API server restarts.
            _request.Http.Abort();
        }
    }

    private async Task DrainAsync(ObjectWatch watch)
    {
        while (watch.Events.TryRead(out var happened))
        {
            Send(happened);
            if (_unsent > Largest)
            {
                await FlushAsync();
            }
        }
        if (_unsent > 0)
        {
            await FlushAsync();
        }
    }

    private void Send(WatchEvent happened)
    {
        var now = happened.Type != WatchEventType.Deleted && Matches(happened.Object!);
        var before = happened.Previous is { } previous && Matches(previous);
        if (!now && !before)
        {
            return;
        }
        var name = now ? before ? "MODIFIED" : "ADDED" : "DELETED";
        Send(name, Bytes(happened.Object!));
    }

    private bool Matches(StoredObject item) => _labels.Matches(item.Labels) && _fields.Matches(item);

    private ReadOnlyMemory<byte> Bytes(StoredObject item)
    {
        switch (_form)
        {
            case Representation.Table:
                var table = Tables.Of(_request, [item], item.ResourceVersion, withColumns: !_columnsSent);
                _columnsSent = true;
                return Json.Bytes(table);
            case Representation.Metadata:
                return Json.Bytes(Replies.PartialMetadata(_request.Served.Out(item.Read())));
            default:
                return _request.Served.Bytes(item);
        }
    }

    private async Task BookmarkAsync(long version, bool initialEnd)
    {
        var meta = new JsonObject { ["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture), ["creationTimestamp"] = null };
        if (initialEnd)
        {
            meta["annotations"] = new JsonObject { ["k8s.io/initial-events-end"] = "true" };
        }
        var bookmark = new JsonObject
        {
            ["kind"] = _form == Representation.Metadata ? "PartialObjectMetadata" : _request.Type.Kind,
            ["apiVersion"] = _form == Representation.Metadata ? "meta.k8s.io/v1" : _request.Served.ApiVersion,
            ["metadata"] = meta,
        };
        if (_form == Representation.Table)
        {
            bookmark = new JsonObject
            {
                ["kind"] = "Table",
                ["apiVersion"] = "meta.k8s.io/v1",
                ["metadata"] = new JsonObject { ["resourceVersion"] = meta["resourceVersion"]!.DeepClone() },
                ["columnDefinitions"] = null,
                ["rows"] = new JsonArray(new JsonObject { ["cells"] = new JsonArray(), ["object"] = bookmark }),
            };
        }
        await SendAsync("BOOKMARK", Json.Bytes(bookmark));
    }

    private async Task SendAsync(string type, ReadOnlyMemory<byte> utf8)
    {
        Send(type, utf8);
        await FlushAsync();
    }

    /// <summary>Sends what is written, at the pace at which the client reads.</summary>
    private async Task FlushAsync()
    {
        _unsent = 0;
        await _request.Http.Response.BodyWriter.FlushAsync(_request.Aborted);
    }

    private void Send(string type, ReadOnlyMemory<byte> utf8)
    {
        var body = _request.Http.Response.BodyWriter;
        body.Write(Encoding.ASCII.GetBytes($"{{\"type\":\"{type}\",\"object\":"));
        body.Write(utf8.Span);
        body.Write("}\n"u8);
        _unsent += utf8.Length + 1;
    }
}
