using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NaaS.Benchmarks.Orders;

namespace NaaS.Benchmarks.Tmf;

/// <summary><c>bare</c>: the bare program behind Kestrel, so that the cost of HTTP itself can be told from ours. The command <c>tmf</c> starts it.</summary>
internal static class BareServer
{
    public static Command Create()
    {
        var command = new Command("bare", "Serves the statements of the benchmark tmf over HTTP.") { Hidden = true };
        command.SetAction((_, cancellationToken) => RunAsync(cancellationToken));
        return command;
    }

    private static async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var bare = await BareProgram.StartAsync(Environment.GetEnvironmentVariable("BARE_POSTGRES")!, cancellationToken);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        await using var app = builder.Build();
        app.MapGet("/ready", () => "ready");
        app.MapGet("/get", (CancellationToken token) => WriteAsync(bare, Operation.Get, token));
        app.MapGet("/list", (CancellationToken token) => WriteAsync(bare, Operation.List, token));
        app.MapPost("/post", async (HttpRequest request, CancellationToken token) =>
        {
            await request.Body.CopyToAsync(Stream.Null, token);
            return await WriteAsync(bare, Operation.Post, token);
        });
        await using var acceptance = Environment.GetEnvironmentVariable("BARE_RABBITMQ") is { } rabbit
            ? await BareAcceptance.StartAsync(Environment.GetEnvironmentVariable("BARE_POSTGRES")!, rabbit, cancellationToken)
            : null;
        if (acceptance is not null)
        {
            app.MapPost("/accept", async (HttpRequest request, CancellationToken token) =>
            {
                using var reader = new StreamReader(request.Body);
                await acceptance.AcceptAsync(await reader.ReadToEndAsync(token), token);
                return Results.StatusCode(StatusCodes.Status201Created);
            });
        }

        await app.StartAsync(cancellationToken);
        await app.WaitForShutdownAsync(cancellationToken);
    }

    private static async Task<IResult> WriteAsync(BareProgram bare, Operation operation, CancellationToken cancellationToken) =>
        Results.Text(string.Join(',', await bare.DoAsync(operation, cancellationToken)), "application/json");
}
