using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;

namespace NaaS.ClusterHub.Objects;

/// <summary>
/// The hub's objects as JSON: typed models would drop the fields that they do not know. Writes are server-side applies by our own field manager.
/// Every failure is a <see cref="HubException"/>.
/// </summary>
public sealed class HubClient(Kubernetes kubernetes)
{
    /// <summary>Our field manager on the hub.</summary>
    public const string FieldManager = "naas";

    private const int PageSize = 500;
    private static readonly TimeSpan WatchTime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan WatchGrace = TimeSpan.FromSeconds(30);
    private static readonly Meter Meter = new("NaaS.ClusterHub");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("naas.hub.request.duration", "s", "Time until the hub answered");

    /// <summary>Kubernetes version of the hub; every user may ask for it.</summary>
    public async Task<string> VersionAsync(CancellationToken cancellationToken) =>
        (string?)(await SendAsync(HttpMethod.Get, "version", null, cancellationToken))["gitVersion"] ?? "";

    /// <summary>The object, or null where it is not there.</summary>
    public async Task<JsonObject?> FindAsync(HubResource resource, string? @namespace, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(HttpMethod.Get, resource.Path(@namespace, name), null, cancellationToken);
        }
        catch (HubNotFoundException)
        {
            return null;
        }
    }

    /// <summary>All objects that carry the labels, read in pages.</summary>
    public async Task<HubList> ListAsync(HubResource resource, string? @namespace, string? labelSelector, CancellationToken cancellationToken)
    {
        var items = new List<JsonObject>();
        var next = "";
        while (true)
        {
            var page = await SendAsync(HttpMethod.Get, resource.Path(@namespace) + Query(labelSelector, next), null, cancellationToken);
            items.AddRange(Take(page, "items"));
            next = (string?)page["metadata"]?["continue"] ?? "";
            if (next.Length == 0)
            {
                return new(items, (string?)page["metadata"]?["resourceVersion"] ?? "");
            }
        }
    }

    /// <summary>Creates or changes the object (server-side apply, forced); fields of other managers stay.</summary>
    public Task<JsonObject> ApplyAsync(HubResource resource, JsonObject manifest, CancellationToken cancellationToken)
    {
        var path = resource.Path((string?)manifest["metadata"]?["namespace"], (string?)manifest["metadata"]?["name"]);
        var content = new StringContent(manifest.ToJsonString(), Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/apply-patch+yaml");
        return SendAsync(HttpMethod.Patch, $"{path}?fieldManager={FieldManager}&force=true", content, cancellationToken);
    }

    /// <summary>Changes fields of an object (merge patch). With its resourceVersion among them, only if nobody else changed it since.</summary>
    public Task<JsonObject> MergeAsync(HubResource resource, string? @namespace, string name, JsonObject patch, CancellationToken cancellationToken)
    {
        var content = new StringContent(patch.ToJsonString(), Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/merge-patch+json");
        return SendAsync(HttpMethod.Patch, $"{resource.Path(@namespace, name)}?fieldManager={FieldManager}", content, cancellationToken);
    }

    /// <summary>Asks for the object's deletion; false where it was not there. Finalizers may keep it for a while.</summary>
    public async Task<bool> DeleteAsync(HubResource resource, string? @namespace, string name, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(HttpMethod.Delete, resource.Path(@namespace, name), null, cancellationToken);
            return true;
        }
        catch (HubNotFoundException)
        {
            return false;
        }
    }

    /// <summary>
    /// Events after <paramref name="resourceVersion"/>, until the server ends the watch. Throws <see cref="HubExpiredException"/> where the version is too old.
    /// </summary>
    public async IAsyncEnumerable<HubEvent> WatchAsync(
        HubResource resource, string? @namespace, string? labelSelector, string resourceVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var path = $"{resource.Path(@namespace)}?watch=true&allowWatchBookmarks=true&timeoutSeconds={WatchTime.TotalSeconds:0}&resourceVersion={Uri.EscapeDataString(resourceVersion)}"
            + (labelSelector is null ? "" : $"&labelSelector={Uri.EscapeDataString(labelSelector)}");
        using var response = await RequestAsync(HttpMethod.Get, path, null, cancellationToken);
        await EnsureSuccessAsync(response, cancellationToken);
        // The hub ends it in time. One that does not has gone without a word, as a network does that swallows everything.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(WatchTime + WatchGrace);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        while (await ReadLineAsync(reader, limit.Token, cancellationToken) is { } line)
        {
            yield return ReadEvent(line);
        }
    }

    private static HubEvent ReadEvent(string line)
    {
        try
        {
            var entry = (JsonObject)JsonNode.Parse(line)!;
            var body = (JsonObject)entry["object"]!;
            return (string?)entry["type"] switch
            {
                "ADDED" => new(HubEventKind.Added, body),
                "MODIFIED" => new(HubEventKind.Modified, body),
                "DELETED" => new(HubEventKind.Deleted, body),
                "BOOKMARK" => new(HubEventKind.Bookmark, body),
                _ => throw Error((int?)body["code"] ?? 500, (string?)body["message"] ?? line),
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or InvalidCastException or NullReferenceException or ArgumentException or FormatException)
        {
            throw new HubException(0, "An event of the hub could not be read: " + exception.Message, exception);
        }
    }

    private static async Task<string?> ReadLineAsync(StreamReader reader, CancellationToken limit, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadLineAsync(limit);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new HubUnavailableException(0, "The hub ended the watch: " + exception.Message, exception);
        }
    }

    private static string Query(string? labelSelector, string next) =>
        $"?limit={PageSize}"
        + (labelSelector is null ? "" : $"&labelSelector={Uri.EscapeDataString(labelSelector)}")
        + (next.Length == 0 ? "" : $"&continue={Uri.EscapeDataString(next)}");

    private static List<JsonObject> Take(JsonObject page, string property)
    {
        var array = page[property] as JsonArray ?? [];
        var items = array.OfType<JsonObject>().ToList();
        array.Clear();
        return items;
    }

    private async Task<JsonObject> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        using var response = await RequestAsync(method, path, content, cancellationToken);
        Duration.Record(
            Stopwatch.GetElapsedTime(began).TotalSeconds, new KeyValuePair<string, object?>("method", method.Method), new KeyValuePair<string, object?>("status", (int)response.StatusCode));
        await EnsureSuccessAsync(response, cancellationToken);
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            return await JsonNode.ParseAsync(stream, cancellationToken: cancellationToken) as JsonObject ?? throw new JsonException("It is no object.");
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or JsonException)
        {
            throw new HubUnavailableException(0, "The hub's answer could not be read: " + exception.Message, exception);
        }
    }

    private async Task<HttpResponseMessage> RequestAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(kubernetes.BaseUri, path)) { Content = content };
        try
        {
            if (kubernetes.Credentials is { } credentials)
            {
                await credentials.ProcessHttpRequestAsync(request, cancellationToken);
            }

            return await kubernetes.HttpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new HubUnavailableException(0, "The hub does not answer: " + exception.Message, exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HubUnavailableException(0, "The hub did not answer in time.", exception);
        }
    }

    private static async Task EnsureSuccessAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw Error((int)response.StatusCode, Message(await response.Content.ReadAsStringAsync(cancellationToken), response.StatusCode));
        }
    }

    private static string Message(string body, HttpStatusCode status)
    {
        try
        {
            return (string?)JsonNode.Parse(body)?["message"] ?? $"HTTP {(int)status}";
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return $"HTTP {(int)status}";
        }
    }

    private static HubException Error(int status, string message) => status switch
    {
        404 => new HubNotFoundException(message),
        409 => new HubConflictException(message),
        401 or 403 => new HubForbiddenException(status, message),
        400 or 413 or 422 => new HubRefusedException(status, message),
        410 => new HubExpiredException(message),
        // 408 and 429 and everything of the server's own making may pass.
        _ => new HubUnavailableException(status, message),
    };
}
