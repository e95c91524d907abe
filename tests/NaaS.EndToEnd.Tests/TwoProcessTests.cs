using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using NaaS.Standalone.Charts;
using NaaS.Standalone.Demo;
using NaaS.Standalone.Serving;
using Hub = NaaS.Sandbox.Sandbox;

namespace NaaS.EndToEnd.Tests;

/// <summary>The production form: API and worker as processes of their own, between them RabbitMQ, under each its PostgreSQL database.</summary>
[Collection(Production.OnServers.Name)]
public sealed class TwoProcessTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 240_000)]
    public async Task The_demos_story_runs_on_rabbitmq_and_postgresql_with_api_and_worker_apart()
    {
        var postgres = Environment.GetEnvironmentVariable("NAAS_POSTGRES");
        var rabbit = Environment.GetEnvironmentVariable("NAAS_RABBITMQ");
        Assert.SkipWhen(postgres is null || rabbit is null, "NAAS_POSTGRES and NAAS_RABBITMQ are not set; tests/run.sh sets them");
        await using var hub = await Hub.StartAsync(new(), Token);
        await using var charts = await ServeChartsAsync();
        var addresses = AddressesOf(hub, charts);
        var accounts = new Accounts();
        await using var api = StartApi(addresses, accounts, postgres!, rabbit!);
        await using var worker = StartWorker(hub, postgres!, rabbit!);
        await api.UntilReadyAsync(addresses.Api, Token);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using var listener = await Listener.StartAsync(Token);
        using var story = new Story(addresses, accounts, listener, stop.Token);
        var timeline = new Timeline();

        var told = await story.TellAsync(timeline, keep: true);

        await stop.CancelAsync();
        told.ShouldBeTrue($"{string.Join('\n', timeline.Steps)}\nAPI:\n{api.Output}\nWorker:\n{worker.Output}");
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

    private static Addresses AddressesOf(Hub hub, WebApplication charts)
    {
        var api = new Uri($"http://127.0.0.1:{AllInOne.FreePort()}");
        return new(api, new Uri(api, "/openslice/"), new Uri(new Uri(charts.Urls.First()), "/charts"), hub.Hub, hub.Clusters);
    }

    private static Executable StartApi(Addresses addresses, Accounts accounts, string postgres, string rabbit) =>
        Executable.Start("NaaS.Api", "NaaS.Api", [], new Dictionary<string, string>(accounts.Settings)
        {
            ["ASPNETCORE_URLS"] = addresses.Api.ToString(),
            ["ConnectionStrings:Api"] = Database(postgres, "api"),
            ["ConnectionStrings:RabbitMq"] = rabbit,
        });

    private static Executable StartWorker(Hub hub, string postgres, string rabbit) =>
        Executable.Start("NaaS.Worker", "NaaS.Worker", [], new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["ConnectionStrings:Worker"] = Database(postgres, "worker"),
            ["ConnectionStrings:RabbitMq"] = rabbit,
            ["Hub:Url"] = hub.Hub.ToString(),
            ["Fulfilment:Charts:AllowLoopback"] = "true",
        });

    private static string Database(string postgres, string name) => $"{postgres};Database=naas_{name}_{Guid.NewGuid():N}";
}
