using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using NaaS.Api;
using NaaS.Fulfilment;
using NaaS.Messaging.Bus;

namespace NaaS.Benchmarks.Fulfil;

/// <summary>API and worker in this process, a customer that listens, and the hub beside it.</summary>
internal sealed class Stack : IAsyncDisposable
{
    private const string Api = "/tmf-api/";
    private readonly WebApplication app;
    private readonly string folder;

    private Stack(WebApplication app, string folder)
    {
        this.app = app;
        this.folder = folder;
        Client = new() { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Client { get; }

    /// <summary>When the notification of an order's completion came, by order id.</summary>
    public Dictionary<string, long> Completed { get; } = new(StringComparer.Ordinal);

    /// <summary>Orders that ended otherwise, with what was told of them.</summary>
    public List<string> Failed { get; } = [];

    public static bool OnServers => Environment.GetEnvironmentVariable("NAAS_POSTGRES") is not null && Environment.GetEnvironmentVariable("NAAS_RABBITMQ") is not null;

    /// <summary>Starts it on databases of that name.</summary>
    public static async Task<Stack> StartAsync(Uri hub, string name, string folder, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        string Connection(string role) => OnServers
            ? $"{Environment.GetEnvironmentVariable("NAAS_POSTGRES")};Maximum Pool Size=50;Database={name}_{role}"
            : $"Data Source={Path.Combine(folder, role)}.db";
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:Api"] = Connection("api"),
            ["ConnectionStrings:Worker"] = Connection("worker"),
            ["ConnectionStrings:RabbitMq"] = OnServers ? Environment.GetEnvironmentVariable("NAAS_RABBITMQ") : null,
            ["Hub:Url"] = hub.ToString(),
            ["Fulfilment:Charts:FolderRoots:0"] = Path.Combine(folder, "charts"),
        });
        builder.AddNaasApi();
        builder.Services.AddFulfilment(builder.Configuration);
        builder.Services.AddMessageBus(builder.Configuration);
        var app = builder.Build();
        app.MapNaasApi();
        Stack? stack = null;
        app.MapPost("/customer/{**path}", async (HttpContext context) => stack!.Hear((await context.Request.ReadFromJsonAsync<JsonObject>(context.RequestAborted))!));
        await app.StartAsync(cancellationToken);
        stack = new(app, folder);
        return stack;
    }

    /// <summary>Publishes the specification and subscribes. Returns the specification's id.</summary>
    public async Task<string> PrepareAsync(CancellationToken cancellationToken)
    {
        var chart = WriteChart(Path.Combine(folder, "charts", "bench"));
        await PostAsync("serviceOrdering/v4/hub", new() { ["callback"] = new Uri(Client.BaseAddress!, "/customer").ToString(), ["query"] = "eventType=ServiceOrderStateChangeEvent" }, cancellationToken);
        JsonObject Characteristic(string characteristic, string? value) => new()
        {
            ["name"] = characteristic,
            ["valueType"] = "TEXT",
            ["configurable"] = true,
            ["characteristicValueSpecification"] = value is null ? null : new JsonArray(new JsonObject { ["isDefault"] = true, ["value"] = value, ["valueType"] = "TEXT" }),
        };
        var specification = new JsonObject
        {
            ["name"] = "bench",
            ["version"] = "1",
            ["lifecycleStatus"] = "Active",
            ["specCharacteristic"] = new JsonArray(
                Characteristic("Service artifact identifier in service registry/repository", "file://" + chart), Characteristic("Cluster Metadata", null)),
        };
        return (string)(await PostAsync("serviceCatalogManagement/v4/serviceSpecification", specification, cancellationToken))["id"]!;
    }

    /// <summary>Orders a service of three components. Returns the order's and the service's id.</summary>
    public async Task<(string Order, string Service)> OrderAsync(string specification, string name, string? placement, CancellationToken cancellationToken)
    {
        var order = await PostAsync(
            "serviceOrdering/v4/serviceOrder",
            new()
            {
                ["serviceOrderItem"] = new JsonArray(new JsonObject
                {
                    ["id"] = "1",
                    ["action"] = "add",
                    ["service"] = new JsonObject
                    {
                        ["name"] = name,
                        ["serviceSpecification"] = new JsonObject { ["id"] = specification },
                        ["serviceCharacteristic"] = placement is null ? [] : new JsonArray(new JsonObject { ["name"] = "Cluster Metadata", ["value"] = placement }),
                    },
                }),
            },
            cancellationToken);
        return ((string)order["id"]!, (string)order["serviceOrderItem"]![0]!["service"]!["id"]!);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }

    private void Hear(JsonObject notification)
    {
        var now = Stopwatch.GetTimestamp();
        var order = notification["event"]?["serviceOrder"];
        lock (Completed)
        {
            switch ((string?)order?["state"])
            {
                case "completed":
                    Completed[(string)order["id"]!] = now;
                    break;
                case "failed" or "rejected" or "partial" or "cancelled":
                    Failed.Add(order.ToJsonString());
                    break;
            }
        }
    }

    private async Task<JsonObject> PostAsync(string path, JsonObject body, CancellationToken cancellationToken)
    {
        using var response = await Client.PostAsJsonAsync(Api + path, body, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode ? JsonNode.Parse(text)!.AsObject() : throw new InvalidOperationException($"{path}: {response.StatusCode} {text}");
    }

    private static string WriteChart(string chart)
    {
        Directory.CreateDirectory(Path.Combine(chart, "templates"));
        File.WriteAllText(Path.Combine(chart, "Chart.yaml"), "apiVersion: v2\nname: bench\nversion: 1.0.0\n");
        File.WriteAllText(Path.Combine(chart, "values.yaml"), "components: [a, b, c]\n");
        File.WriteAllText(
            Path.Combine(chart, "templates", "all.yaml"),
            """
            {{- range .Values.components }}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: {{ . }}, labels: {app: {{ . }}}}
            spec:
              replicas: 1
              selector: {matchLabels: {app: {{ . }}}}
              template:
                metadata: {labels: {app: {{ . }}}}
                spec: {containers: [{name: main, image: "registry.test/{{ . }}:1", envFrom: [{configMapRef: {name: {{ . }}}}]}]}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: {{ . }}}
            data: {greeting: hello}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: {{ . }}}
            spec: {selector: {app: {{ . }}}, ports: [{port: 80}]}
            {{- end }}
            """);
        return chart;
    }
}
