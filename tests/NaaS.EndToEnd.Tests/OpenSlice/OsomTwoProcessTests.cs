using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using NaaS.OpenSlice.Checks;
using NaaS.Standalone.Charts;
using NaaS.Standalone.Serving;
using Hub = NaaS.Sandbox.Sandbox;

namespace NaaS.EndToEnd.Tests.OpenSlice;

/// <summary>OpenSlice against the production form: two replicas of the API, a worker, RabbitMQ and PostgreSQL.</summary>
[Collection(Production.OnServers.Name)]
public sealed class OsomTwoProcessTests
{
    private readonly string name = Guid.NewGuid().ToString("N");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 480_000)]
    public async Task OpenSlice_lives_with_us_while_replicas_and_worker_restart_and_no_read_fails()
    {
        var postgres = Environment.GetEnvironmentVariable("NAAS_POSTGRES");
        var rabbit = Environment.GetEnvironmentVariable("NAAS_RABBITMQ");
        Assert.SkipWhen(postgres is null || rabbit is null, "NAAS_POSTGRES and NAAS_RABBITMQ are not set; tests/run.sh sets them");
        await using var tokens = await TokenServer.StartAsync(Token);
        await using var hub = await Hub.StartAsync(new(), Token);
        await using var charts = await ServeChartsAsync();
        Uri[] addresses = [new($"http://127.0.0.1:{AllInOne.FreePort()}"), new($"http://127.0.0.1:{AllInOne.FreePort()}")];
        var entrance = new Uri($"http://127.0.0.1:{AllInOne.FreePort()}");
        Task<Executable> Api(int replica) => StartApiAsync(addresses[replica], entrance, tokens, postgres!, rabbit!);
        var replicas = new[] { await Api(0), await Api(1) };
        var worker = StartWorker(hub, postgres!, rabbit!);
        await using var balancer = await Replicas.StartAsync(entrance, Token, addresses);
        using var story = new OsomStory(tokens, balancer.Url, new Uri(new Uri(charts.Urls.First()), "/charts"), Token);
        try
        {
            await story.PublishAndImportAsync();
            var order = await story.OrderAndMirrorAsync();

            using var enough = CancellationTokenSource.CreateLinkedTokenSource(Token);
            var reading = ReadOnAsync(story.Player, order, enough.Token);
            for (var replica = 0; replica < replicas.Length; replica++)
            {
                await replicas[replica].StopAsync(Token);
                await replicas[replica].DisposeAsync();
                replicas[replica] = await Api(replica);
            }

            await worker.KillAsync(Token);
            await worker.DisposeAsync();
            worker = StartWorker(hub, postgres!, rabbit!);
            await enough.CancelAsync();
            var reads = await reading;

            await story.ChangeAsync(order, "2");
            await story.EndAsync(order);
            var results = await story.CheckAsync();

            reads.ShouldBeGreaterThan(10);
            story.Player.FailedReads.ShouldBe(2 * 2 + 3, "only the checks of strangers and of senseless ids are refused");
            results.Where(result => result.Outcome != CheckOutcome.Passed).ShouldBeEmpty($"{replicas[0].Output}\n{worker.Output}");
            TestContext.Current.TestOutputHelper?.WriteLine($"{story.Player.Reads} reads, of which {reads} in restarts");
        }
        finally
        {
            await worker.DisposeAsync();
            await Task.WhenAll(replicas.Select(replica => replica.DisposeAsync().AsTask()));
        }
    }

    private static async Task<int> ReadOnAsync(OsomPlayer player, string order, CancellationToken enough)
    {
        var before = player.Reads;
        while (!enough.IsCancellationRequested)
        {
            // What has begun is finished, so that no read is cut off by us.
            await player.SyncAsync(Token);
            player.IsLocallyCompleted(order).ShouldBeTrue("a restart shows in no state");
        }

        return player.Reads - before;
    }

    private static async Task<WebApplication> ServeChartsAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapCharts();
        await app.StartAsync(Token);
        return app;
    }

    private async Task<Executable> StartApiAsync(Uri address, Uri entrance, TokenServer tokens, string postgres, string rabbit)
    {
        var api = Executable.Start("NaaS.Api", "NaaS.Api", [], new Dictionary<string, string>(tokens.Settings)
        {
            ["ASPNETCORE_URLS"] = address.ToString(),
            ["Public:BaseUrl"] = entrance.ToString(),
            ["ConnectionStrings:Api"] = $"{postgres};Database=naas_api_{name}",
            ["ConnectionStrings:RabbitMq"] = rabbit,
        });
        await api.UntilReadyAsync(address, Token);
        return api;
    }

    private Executable StartWorker(Hub hub, string postgres, string rabbit) =>
        Executable.Start("NaaS.Worker", "NaaS.Worker", [], new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["ConnectionStrings:Worker"] = $"{postgres};Database=naas_worker_{name}",
            ["ConnectionStrings:RabbitMq"] = rabbit,
            ["Hub:Url"] = hub.Hub.ToString(),
            ["Fulfilment:Charts:AllowLoopback"] = "true",
        });
}
