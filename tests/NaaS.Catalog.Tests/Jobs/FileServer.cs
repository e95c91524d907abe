using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace NaaS.Catalog.Tests.Jobs;

/// <summary>Files over HTTP: GET reads, PUT writes, the rest is 404. It may be told to keep everybody waiting.</summary>
internal sealed class FileServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private int asked;

    private FileServer(WebApplication app) => this.app = app;

    public ConcurrentDictionary<string, string> Files { get; } = new();

    /// <summary>Every answer waits for it.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Requests that have come in.</summary>
    public int Asked => asked;

    public string Url { get; private set; } = "";

    public static async Task<FileServer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new FileServer(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        server.Url = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return server;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref asked);
        await Gate;
        if (context.Request.Method == "PUT")
        {
            using var reader = new StreamReader(context.Request.Body);
            Files[context.Request.Path] = await reader.ReadToEndAsync(context.RequestAborted);
        }
        else if (Files.TryGetValue(context.Request.Path, out var text))
        {
            await context.Response.WriteAsync(text, context.RequestAborted);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }
}
