using System.Text.Json.Nodes;

namespace NaaS.Standalone.Demo;

/// <summary>A subscriber: takes TMF notifications over HTTP and keeps them.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Journal<JsonNode> events = new();

    private Listener(WebApplication app)
    {
        this.app = app;
        app.MapPost("/listener", (JsonNode notification) =>
        {
            events.Add(notification);
            return Results.NoContent();
        });
    }

    public Uri Callback => new(new Uri(app.Urls.First()), "/listener");

    public int Count => events.All.Count;

    public static async Task<Listener> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var listener = new Listener(builder.Build());
        await listener.app.StartAsync(cancellationToken);
        return listener;
    }

    /// <summary>When the event of that type about that resource, in that state, arrived.</summary>
    public Task<DateTimeOffset> ArrivalAsync(string eventType, string resource, string id, string state, CancellationToken cancellationToken) =>
        events.FirstAsync(
            one => (string?)one["eventType"] == eventType
                && (string?)one["event"]?[resource]?["id"] == id
                && string.Equals((string?)one["event"]?[resource]?["state"], state, StringComparison.OrdinalIgnoreCase),
            cancellationToken);

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
