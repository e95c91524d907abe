using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using NaaS.Standalone.Serving;

namespace NaaS.EndToEnd.Tests.Production;

/// <summary>
/// NaaS as it runs in production: any number of API and worker processes on one PostgreSQL server and one RabbitMQ, on a sandbox hub, told of by a
/// subscriber; between any two of them a stretch of network that can be cut.
/// </summary>
internal sealed class Installation : IAsyncDisposable
{
    public const string Orders = "/tmf-api/serviceOrdering/v4/serviceOrder";
    private static readonly string[] Ended = ["completed", "failed", "rejected", "cancelled", "partial"];
    private readonly string name = Guid.NewGuid().ToString("N");
    private readonly List<Executable> processes = [];
    private readonly Dictionary<string, string> more;
    private JsonNode? specification;

    private Installation(Servers servers, SandboxHub hub, Subscriber subscriber, Dictionary<string, string> more)
    {
        (Servers, Hub, Subscriber, this.more) = (servers, hub, subscriber, more);
        Postgres = new Network("PostgreSQL", servers.Postgres["Host"], servers.PostgresPort);
        RabbitMq = new Network("RabbitMQ", servers.RabbitMq.Host, servers.RabbitMq.Port);
        ToHub = new Network("hub", hub.Hub.Host, hub.Hub.Port);
        ToSubscriber = new Network("subscriber", subscriber.Address.Host, subscriber.Address.Port);
    }

    public Servers Servers { get; }

    public SandboxHub Hub { get; }

    public Subscriber Subscriber { get; }

    public Network Postgres { get; }

    public Network RabbitMq { get; }

    public Network ToHub { get; }

    public Network ToSubscriber { get; }

    public IReadOnlyList<Network> Networks => [Postgres, RabbitMq, ToHub, ToSubscriber];

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(30) };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>On the servers of the test run.</summary>
    public static Task<Installation> StartAsync(params (string Key, string Value)[] settings) => StartAsync(Servers.OfTheRun(), settings);

    public static async Task<Installation> StartAsync(Servers servers, params (string Key, string Value)[] settings) =>
        new(servers, await SandboxHub.StartAsync(Token), await Subscriber.StartAsync(Token), settings.ToDictionary(one => one.Key, one => one.Value));

    /// <summary>Starts an API, on <paramref name="at"/> where that is given.</summary>
    public async Task<(Executable Process, Uri Address)> StartApiAsync(Uri? at = null)
    {
        var address = at ?? new Uri($"http://127.0.0.1:{AllInOne.FreePort()}");
        var api = Start("NaaS.Api", new()
        {
            ["ASPNETCORE_URLS"] = address.ToString(),
            ["ConnectionStrings:Api"] = Database("api", Postgres.Lay()),
            ["Callbacks:LongestPause"] = "00:00:02",
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
            ["ConnectionStrings:Worker"] = Database("worker", Postgres.Lay()),
            ["Hub:Url"] = new UriBuilder(Hub.Hub) { Port = ToHub.Lay() }.Uri.ToString(),
            ["Hub:LeaseDuration"] = "00:00:05",
            ["Fulfilment:Lease"] = "00:00:04",
            ["Fulfilment:Charts:AllowLoopback"] = "true",
        });
        await worker.UntilReadyAsync(address, Token);
        return (worker, address);
    }

    /// <summary>Orders a service; its order's id.</summary>
    public async Task<string> OrderAsync(string service, params Uri[] apis)
    {
        await PublishAsync(apis[0]);
        return await SendAsync("add", new() { ["name"] = service, ["serviceSpecification"] = new JsonObject { ["id"] = (string?)specification!["id"] } }, apis);
    }

    /// <summary>Orders that many replicas of a service's phpmyadmin.</summary>
    public Task<string> ScaleAsync(string service, int replicas, params Uri[] apis) => SendAsync(
        "modify",
        new() { ["id"] = service, ["serviceCharacteristic"] = new JsonArray(new JsonObject { ["name"] = "values.phpmyadmin.replicaCount", ["value"] = replicas }) },
        apis);

    /// <summary>Orders the end of a service.</summary>
    public Task<string> EndAsync(string service, params Uri[] apis) => SendAsync("delete", new() { ["id"] = service }, apis);

    /// <summary>Orders a service once; what the API answers.</summary>
    public async Task<HttpStatusCode> TryOrderAsync(string service, Uri api)
    {
        var body = Body("add", new() { ["name"] = service, ["serviceSpecification"] = new JsonObject { ["id"] = (string?)specification!["id"] } });
        using var response = await Http.PostAsJsonAsync(new Uri(api, Orders), body, Token);
        return response.StatusCode;
    }

    private static JsonObject Body(string action, JsonObject service) =>
        new() { ["serviceOrderItem"] = new JsonArray(new JsonObject { ["id"] = "1", ["action"] = action, ["service"] = service }) };

    /// <summary>Sends an order; tries again where no API answers, under one idempotency key as a careful client does.</summary>
    private async Task<string> SendAsync(string action, JsonObject service, Uri[] apis)
    {
        var body = Body(action, service);
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
            catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is TaskCanceledException && !Token.IsCancellationRequested))
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
            catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is TaskCanceledException && !Token.IsCancellationRequested))
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

    /// <summary>Registers the subscriber for all events of TM Forum's API, over a stretch of network of its own.</summary>
    public async Task SubscribeAsync(Uri api, string tmfApi)
    {
        var callback = new UriBuilder(Subscriber.Address) { Port = ToSubscriber.Lay() }.Uri;
        using var registered = await Http.PostAsJsonAsync(new Uri(api, $"/tmf-api/{tmfApi}/v4/hub"), new JsonObject { ["callback"] = callback.ToString() }, Token);
        registered.EnsureSuccessStatusCode();
    }

    /// <summary>Name of the database <c>api</c> or <c>worker</c> on PostgreSQL.</summary>
    public string DatabaseOf(string kind) => $"naas_{kind}_{name}";

    /// <summary>Rows of a query against the database <c>api</c> or <c>worker</c>, past the network.</summary>
    public async Task<IReadOnlyList<string>> QueryAsync(string database, string query)
    {
        await using var connection = new Npgsql.NpgsqlConnection(Database(database, Servers.PostgresPort));
        await connection.OpenAsync(Token);
        await using var command = new Npgsql.NpgsqlCommand(query, connection);
        await using var reader = await command.ExecuteReaderAsync(Token);
        var rows = new List<string>();
        while (await reader.ReadAsync(Token))
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i))));
        }

        return rows;
    }

    /// <summary>ManifestWorks of the hub.</summary>
    public async Task<IReadOnlyList<JsonNode>> WorksAsync() =>
        [.. (await GetAsync(new Uri($"{Hub.Hub}/apis/work.open-cluster-management.io/v1/manifestworks")))["items"]!.AsArray().OfType<JsonNode>()];

    /// <summary>What all processes wrote to their logs.</summary>
    public string Logs() => string.Join('\n', processes.Select(process => process.Output));

    /// <summary>Ends it all. What the processes wrote is kept in the folder that NAAS_TEST_LOGS names.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Environment.GetEnvironmentVariable("NAAS_TEST_LOGS") is { Length: > 0 } folder)
        {
            await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(folder).FullName, $"{TestContext.Current.TestMethod?.MethodName}-{name}.log"), Logs(), CancellationToken.None);
        }

        foreach (var process in processes)
        {
            await process.DisposeAsync();
        }

        Http.Dispose();
        await Hub.DisposeAsync();
        await Subscriber.DisposeAsync();
        foreach (var network in Networks)
        {
            await network.DisposeAsync();
        }

        await Servers.DisposeAsync();
    }

    private Executable Start(string project, Dictionary<string, string> settings)
    {
        settings["ConnectionStrings:RabbitMq"] = new UriBuilder(Servers.RabbitMq) { Host = "127.0.0.1", Port = RabbitMq.Lay() }.Uri.ToString();
        foreach (var (key, value) in more)
        {
            settings[key] = value;
        }

        var process = Executable.Start(project, project, [], settings);
        processes.Add(process);
        return process;
    }

    private string Database(string kind, int port) => $"Host=127.0.0.1;Port={port};Username=naas;Database={DatabaseOf(kind)};Timeout=5";

    /// <summary>Publishes the specification that is ordered, where it is not yet.</summary>
    public async Task PublishAsync(Uri api)
    {
        if (specification is not null)
        {
            return;
        }

        var body = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Folders.Repository, "deploy", "examples", "specification.json"), Token))!;
        foreach (var one in body["specCharacteristic"]!.AsArray().Where(one => (string?)one!["name"] == "Base service registry/repository URL"))
        {
            one!["characteristicValueSpecification"] = new JsonArray(new JsonObject
            {
                ["isDefault"] = true,
                ["valueType"] = "TEXT",
                ["value"] = Hub.Charts.ToString(),
            });
        }

        using var response = await Http.PostAsJsonAsync(new Uri(api, "/tmf-api/serviceCatalogManagement/v4/serviceSpecification"), body, Token);
        specification = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>(Token);
    }
}
