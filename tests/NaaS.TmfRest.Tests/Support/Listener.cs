using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace NaaS.TmfRest.Tests.Support;

/// <summary>A client's listener: records what is posted to it and answers as it is told.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly WebApplication app;

    private Listener(WebApplication app) => this.app = app;

    public ConcurrentQueue<(string Path, JsonObject Body)> Received { get; } = new();

    /// <summary>Bodies and headers as they came.</summary>
    public ConcurrentQueue<(byte[] Body, IHeaderDictionary Headers)> Raw { get; } = new();

    /// <summary>What to answer; 204 unless told otherwise. Gets the number of requests before this one.</summary>
    public Func<int, HttpStatusCode> Answer { get; set; } = _ => HttpStatusCode.NoContent;

    public int Requests => requests;

    public string Url { get; private set; } = "";

    private int requests;

    public static async Task<Listener> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var listener = new Listener(app);
        app.Run(listener.TakeAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        listener.Url = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return listener;
    }

    public string Types => string.Join(' ', Received.Select(received => received.Body["eventType"]!.GetValue<string>()));

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
        Raw.Enqueue((bytes.ToArray(), new HeaderDictionary(context.Request.Headers.ToDictionary())));
        var body = JsonNode.Parse(bytes.ToArray())!.AsObject();
        var status = Answer(Interlocked.Increment(ref requests) - 1);
        if ((int)status < 300)
        {
            Received.Enqueue((context.Request.Path, body));
        }
        else if ((int)status < 400)
        {
            context.Response.Headers.Location = "http://127.0.0.1:1/elsewhere";
        }

        context.Response.StatusCode = (int)status;
    }
}
