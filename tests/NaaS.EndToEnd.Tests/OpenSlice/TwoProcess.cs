using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using NaaS.OpenSlice.Osom;
using NaaS.Sandbox;
using NaaS.Standalone.Charts;
using NaaS.Standalone.Serving;
using Hub = NaaS.Sandbox.Sandbox;

namespace NaaS.EndToEnd.Tests.OpenSlice;

/// <summary>The production form behind one address: two replicas of the API, a worker, RabbitMQ, PostgreSQL and an OIDC provider, on a simulated hub.</summary>
internal sealed class TwoProcess : IRunningNaas
{
    private readonly string name = Guid.NewGuid().ToString("N");
    private readonly Uri[] addresses = [new($"http://127.0.0.1:{AllInOne.FreePort()}"), new($"http://127.0.0.1:{AllInOne.FreePort()}")];
    private readonly Executable?[] replicas = new Executable?[2];
    private readonly string postgres;
    private readonly string rabbit;
    private readonly WebApplication charts;
    private Executable? worker;

    private readonly TokenServer tokens;
    private readonly Hub hub;

    private TwoProcess(TokenServer tokens, Hub hub, WebApplication charts, Replicas balancer, string postgres, string rabbit)
    {
        (this.tokens, this.hub, this.charts, Balancer) = (tokens, hub, charts, balancer);
        (this.postgres, this.rabbit) = (postgres, rabbit);
        balancer.Use(addresses);
    }

    public Replicas Balancer { get; }

    public Uri Api => Balancer.Url;

    public Uri Charts => new(new Uri(charts.Urls.First()), "/charts");

    public PartnerAccess OpenSlice => tokens.Access(new Uri(Api, "/openslice"));

    /// <summary>What the processes that run now have logged.</summary>
    public string Output => string.Join('\n', replicas.Append(worker).Select(process => process?.Output));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<TwoProcess> StartAsync()
    {
        var postgres = Environment.GetEnvironmentVariable("NAAS_POSTGRES");
        var rabbit = Environment.GetEnvironmentVariable("NAAS_RABBITMQ");
        Assert.SkipWhen(postgres is null || rabbit is null, "NAAS_POSTGRES and NAAS_RABBITMQ are not set; tests/run.sh sets them");
        var naas = new TwoProcess(
            await TokenServer.StartAsync(Token), await Hub.StartAsync(new(), Token), await ServeChartsAsync(), await Replicas.StartAsync(Token), postgres!, rabbit!);
        naas.StartWorker();
        await naas.StartApiAsync(0);
        await naas.StartApiAsync(1);
        return naas;
    }

    public Task<string> ManagerTokenAsync() => Task.FromResult(tokens.Token("naas.catalogue"));

    public Task JoinAsync(string cluster) => hub.AddClusterAsync(SandboxCluster.Of(cluster, "kubernetes", "edge"), Token);

    /// <summary>Ends a replica of the API, as a service manager does or as a crash does, and starts it anew; it is back when this returns.</summary>
    public async Task RestartApiAsync(int replica, bool isCrash)
    {
        await EndAsync(replicas[replica]!, isCrash);
        await StartApiAsync(replica);
    }

    /// <summary>The same with the worker, which may not be back yet.</summary>
    public async Task RestartWorkerAsync(bool isCrash)
    {
        await EndAsync(worker!, isCrash);
        StartWorker();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in replicas.Append(worker).OfType<Executable>())
        {
            await process.DisposeAsync();
        }

        await Balancer.DisposeAsync();
        await charts.DisposeAsync();
        await hub.DisposeAsync();
        await tokens.DisposeAsync();
    }

    private static async Task EndAsync(Executable process, bool isCrash)
    {
        await (isCrash ? process.KillAsync(Token) : process.StopAsync(Token));
        await process.DisposeAsync();
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

    private async Task StartApiAsync(int replica)
    {
        var api = Executable.Start("NaaS.Api", "NaaS.Api", [], new Dictionary<string, string>(tokens.Settings)
        {
            ["ASPNETCORE_URLS"] = addresses[replica].ToString(),
            ["Public:BaseUrl"] = Balancer.Url.ToString(),
            ["ConnectionStrings:Api"] = $"{postgres};Database=naas_api_{name}",
            ["ConnectionStrings:RabbitMq"] = rabbit,
        });
        replicas[replica] = api;
        await api.UntilReadyAsync(addresses[replica], Token);
    }

    private void StartWorker() => worker = Executable.Start("NaaS.Worker", "NaaS.Worker", [], new Dictionary<string, string>
    {
        ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
        ["ConnectionStrings:Worker"] = $"{postgres};Database=naas_worker_{name}",
        ["ConnectionStrings:RabbitMq"] = rabbit,
        ["Hub:Url"] = hub.Hub.ToString(),
        // A worker that was killed is missed soon.
        ["Hub:LeaseDuration"] = "00:00:05",
        ["Fulfilment:Lease"] = "00:00:04",
        ["Fulfilment:Charts:AllowLoopback"] = "true",
    });
}
