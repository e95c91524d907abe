using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using NaaS.Standalone.Charts;
using NaaS.Standalone.Serving;
using Hub = NaaS.Sandbox.Sandbox;

namespace NaaS.EndToEnd.Tests.Production;

/// <summary>
/// NaaS as it runs in production: any number of API and worker processes on one PostgreSQL server and one RabbitMQ, each reached through a stretch
/// of network that can be cut, on a sandbox hub.
/// </summary>
internal sealed class Installation : IAsyncDisposable
{
    public const string Orders = "/tmf-api/serviceOrdering/v4/serviceOrder";
    private static readonly string[] Ended = ["completed", "failed", "rejected", "cancelled", "partial"];
    private readonly string name = Guid.NewGuid().ToString("N");
    private readonly Uri rabbit;
    private readonly List<Executable> processes = [];
    private readonly Dictionary<string, string> more;
    private readonly WebApplication charts;
    private JsonNode? specification;

    private Installation(Hub hub, WebApplication charts, string postgres, string rabbit, Dictionary<string, string> more)
    {
        (Hub, this.charts, this.more) = (hub, charts, more);
        var server = postgres.Split(';').Select(part => part.Split('=')).ToDictionary(part => part[0], part => part[1]);
        Postgres = new TcpProxy(server["Host"], int.Parse(server["Port"], System.Globalization.CultureInfo.InvariantCulture));
        this.rabbit = new Uri(rabbit);
        RabbitMq = new TcpProxy(this.rabbit.Host, this.rabbit.Port);
    }

    public Hub Hub { get; }

    public TcpProxy Postgres { get; }

    public TcpProxy RabbitMq { get; }

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(30) };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<Installation> StartAsync(params (string Key, string Value)[] settings)
    {
        var postgres = Environment.GetEnvironmentVariable("NAAS_POSTGRES");
        var rabbit = Environment.GetEnvironmentVariable("NAAS_RABBITMQ");
        Assert.SkipWhen(postgres is null || rabbit is null, "NAAS_POSTGRES and NAAS_RABBITMQ are not set; tests/run.sh sets them");
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var charts = builder.Build();
        charts.MapCharts();
        await charts.StartAsync(Token);
        return new(await Hub.StartAsync(new(), Token), charts, postgres!, rabbit!, settings.ToDictionary(one => one.Key, one => one.Value));
    }

    /// <summary>Starts an API; <see cref="Executable"/> and its address.</summary>
    public async Task<(Executable Process, Uri Address)> StartApiAsync()
    {
        var address = new Uri($"http://127.0.0.1:{AllInOne.FreePort()}");
        var api = Start("NaaS.Api", new()
        {
            ["ASPNETCORE_URLS"] = address.ToString(),
            ["ConnectionStrings:Api"] = Database("api"),
        });
        await api.UntilReadyAsync(address, Token);
        return (api, address);
    }

    public async Task<(Executable Process, Uri Address)> StartWorkerAsync()
    {
        var address = new Uri($"http://127.0.0.1:{AllInOne.FreePort()}");
        var worker = Start("NaaS.Worker", new()
        {
            ["ASPNETCORE_URLS"] = address.ToString(),
            ["ConnectionStrings:Worker"] = Database("worker"),
            ["Hub:Url"] = Hub.Hub.ToString(),
            ["Hub:LeaseDuration"] = "00:00:05",
            ["Fulfilment:Lease"] = "00:00:04",
            ["Fulfilment:Charts:AllowLoopback"] = "true",
        });
        await worker.UntilReadyAsync(address, Token);
        return (worker, address);
    }

    /// <summary>Orders a service; tries again where no API answers, under one idempotency key as a careful client does.</summary>
    public async Task<string> OrderAsync(string service, params Uri[] apis)
    {
        specification ??= await PublishAsync(apis[0]);
        var body = new JsonObject
        {
            ["serviceOrderItem"] = new JsonArray(new JsonObject
            {
                ["id"] = "1",
                ["action"] = "add",
                ["service"] = new JsonObject { ["name"] = service, ["serviceSpecification"] = new JsonObject { ["id"] = (string?)specification["id"] } },
            }),
        };
        var key = Guid.NewGuid().ToString();
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(apis[tries % apis.Length], Orders)) { Content = JsonContent.Create(body) };
                request.Headers.Add("Idempotency-Key", key);
                using var response = await Http.SendAsync(request, Token);
                if (response.IsSuccessStatusCode)
                {
                    return (string)(await response.Content.ReadFromJsonAsync<JsonNode>(Token))!["id"]!;
                }

                ((int)response.StatusCode).ShouldBeGreaterThanOrEqualTo(500, await response.Content.ReadAsStringAsync(Token));
            }
            catch (HttpRequestException)
            {
                // That one is away; the next try goes to another.
            }

            await Task.Delay(100, Token);
        }
    }

    /// <summary>Waits until the order has ended; gives it.</summary>
    public async Task<JsonNode> EndedAsync(string order, params Uri[] apis)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                var found = (await Http.GetFromJsonAsync<JsonNode>(new Uri(apis[tries % apis.Length], $"{Orders}/{order}"), Token))!;
                if (Array.IndexOf(Ended, (string?)found["state"]) >= 0)
                {
                    return found;
                }
            }
            catch (HttpRequestException)
            {
                // That one is away.
            }

            await Task.Delay(100, Token);
        }
    }

    public async Task<JsonNode> GetAsync(Uri address) => (await Http.GetFromJsonAsync<JsonNode>(address, Token))!;

    public async Task<HttpStatusCode> StatusAsync(Uri address)
    {
        using var response = await Http.GetAsync(address, Token);
        return response.StatusCode;
    }

    /// <summary>ManifestWorks of the hub.</summary>
    public async Task<IReadOnlyList<JsonNode>> WorksAsync() =>
        [.. (await GetAsync(new Uri($"{Hub.Hub}/apis/work.open-cluster-management.io/v1/manifestworks")))["items"]!.AsArray().OfType<JsonNode>()];

    /// <summary>What all processes wrote to their logs.</summary>
    public string Logs() => string.Join('\n', processes.Select(process => process.Output));

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
        {
            await process.DisposeAsync();
        }

        Http.Dispose();
        await charts.DisposeAsync();
        await Hub.DisposeAsync();
        await Postgres.DisposeAsync();
        await RabbitMq.DisposeAsync();
    }

    private Executable Start(string project, Dictionary<string, string> settings)
    {
        settings["ConnectionStrings:RabbitMq"] = new UriBuilder(rabbit) { Host = "127.0.0.1", Port = RabbitMq.Port }.Uri.ToString();
        foreach (var (key, value) in more)
        {
            settings[key] = value;
        }

        var process = Executable.Start(project, project, [], settings);
        processes.Add(process);
        return process;
    }

    private string Database(string kind) => $"Host=127.0.0.1;Port={Postgres.Port};Username=naas;Database=naas_{kind}_{name};Timeout=5";

    private async Task<JsonNode> PublishAsync(Uri api)
    {
        var body = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Folders.Repository, "deploy", "examples", "specification.json"), Token))!;
        foreach (var one in body["specCharacteristic"]!.AsArray().Where(one => (string?)one!["name"] == "Base service registry/repository URL"))
        {
            one!["characteristicValueSpecification"] = new JsonArray(new JsonObject
            {
                ["isDefault"] = true,
                ["valueType"] = "TEXT",
                ["value"] = $"{charts.Urls.First()}/charts",
            });
        }

        using var response = await Http.PostAsJsonAsync(new Uri(api, "/tmf-api/serviceCatalogManagement/v4/serviceSpecification"), body, Token);
        return (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>(Token))!;
    }
}
