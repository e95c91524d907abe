using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace NaaS.EndToEnd.Tests.Production;

/// <summary>Takes notifications over HTTP and keeps them in the order of their arrival.</summary>
internal sealed class Subscriber : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<JsonNode> events = new();

    private Subscriber(WebApplication app)
    {
        this.app = app;
        app.MapPost("/", (JsonNode notification) =>
        {
            events.Enqueue(notification);
            return Results.NoContent();
        });
    }

    public Uri Address => new(app.Urls.First());

    /// <summary>Ids of the events, each where it came first: one that was delivered and not yet recorded when an API died comes again.</summary>
    public IReadOnlyList<string> First => [.. events.Select(one => (string)one["eventId"]!).Distinct()];

    public static async Task<Subscriber> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var subscriber = new Subscriber(builder.Build());
        await subscriber.app.StartAsync(cancellationToken);
        return subscriber;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
