using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using NaaS.Tmf.Json;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Routes;
using NaaS.TmfRest.Security;
using NaaS.TmfRest.Storage;

namespace NaaS.TmfRest.Events;

/// <summary>Posts an event to a listener: in its dialect, reduced as it asked, without following redirects.</summary>
internal sealed class NotificationSender(
    Outbound outbound, IEnumerable<DialectRoute> dialects, ResourceDefinitions resources, Addresses addresses, IOptions<CallbackOptions> options)
{
    /// <summary>Sends the event.</summary>
    /// <returns>What went wrong; null where the listener took it.</returns>
    public async Task<string?> SendAsync(SubscriptionRow listener, EventRow row, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(options.Value.Timeout);
        using var span = StartSpan(row);
        try
        {
            using var request = Request(listener, row);
            // The status is all that counts; a body may have no end.
            using var response = await outbound.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
            return response.IsSuccessStatusCode ? null : $"answered {(int)response.StatusCode}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"did not answer within {options.Value.Timeout}";
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidOperationException or FormatException)
        {
            return exception.Message;
        }
    }

    // The event keeps its trace's id only; the notification is one more branch of it.
    private static Activity? StartSpan(EventRow row)
    {
        var trace = (string?)JsonNode.Parse(row.Body)?["correlationId"];
        var parent = trace is { Length: 32 } && trace.All(char.IsAsciiHexDigitLower)
            ? new ActivityContext(ActivityTraceId.CreateFromString(trace), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, isRemote: true)
            : default;
        return Telemetry.Source.StartActivity($"notify {row.EventType}", ActivityKind.Producer, parent);
    }

    private HttpRequestMessage Request(SubscriptionRow listener, EventRow row)
    {
        var body = Encoding.UTF8.GetBytes(Body(listener, row));
        var request = new HttpRequestMessage(HttpMethod.Post, Target(listener, row)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(JsonAnswer.MediaType);
        if (!string.IsNullOrEmpty(options.Value.SigningKey))
        {
            var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(options.Value.SigningKey), body);
            request.Headers.Add("X-Hub-Signature-256", $"sha256={Convert.ToHexStringLower(signature)}");
        }

        if (!string.IsNullOrEmpty(options.Value.BearerToken))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Value.BearerToken);
        }

        return request;
    }

    private Uri Target(SubscriptionRow listener, EventRow row)
    {
        var name = $"{char.ToLowerInvariant(row.EventType[0])}{row.EventType[1..]}";
        var end = $"/listener/{name}";
        // OpenSlice's own hub posts to a path for each event, and so do servers that know hubs from it.
        var append = options.Value.AppendListenerPath || dialects.Any(dialect => dialect.Dialect.Name == listener.Dialect && dialect.Dialect.HasListenerPaths);
        return new Uri(!append || listener.Callback.Contains("/listener/", StringComparison.Ordinal)
            ? listener.Callback
            : $"{listener.Callback.TrimEnd('/')}{end}");
    }

    private string Body(SubscriptionRow listener, EventRow row)
    {
        var envelope = JsonNode.Parse(row.Body)!.AsObject();
        var (name, id) = row.Resource.Split('/', 2) is [var first, var second] ? (first, second) : throw new InvalidOperationException(row.Resource);
        var route = dialects.FirstOrDefault(dialect => dialect.Dialect.Name == listener.Dialect) ?? DialectRoute.Standard;
        if (route != DialectRoute.Standard)
        {
            var carried = envelope["event"]!.AsObject();
            var document = addresses.WithAddress(resources.Find(name)!, id, carried[name]!.DeepClone().AsObject(), route.Prefix);
            carried[name] = route.Dialect.WriteResponse(name, document);
        }

        return EventFilter.Parse(listener.Query).Reduce(envelope).ToJsonString(TmfJson.Options);
    }
}
