using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NaaS.Api;
using NaaS.Contracts;
using NaaS.Messaging.Bus;
using NaaS.OpenSlice.Osom;

namespace NaaS.OpenSlice.Tests.Hosting;

/// <summary>The whole API on SQLite and a port of its own; the test plays the worker.</summary>
internal sealed class Naas : IAsyncDisposable
{
    public const string Orders = "/openslice/tmf-api/serviceOrdering/v4/serviceOrder";
    public const string Services = "/openslice/tmf-api/serviceInventory/v4/service";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly WebApplication app;
    private readonly DirectoryInfo folder;
    private readonly HttpClient client;
    private readonly bool isKept;
    private long reports;

    private Naas(WebApplication app, DirectoryInfo folder, bool isKept)
    {
        (this.app, this.folder, this.isKept) = (app, folder, isKept);
        client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public Uri Url => client.BaseAddress!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Starts the API; with the folder of one that was stopped, it goes on with that one's data.</summary>
    public static async Task<Naas> StartAsync(IEnumerable<(string Key, string Value)> settings, DirectoryInfo? kept = null, TimeProvider? clock = null)
    {
        var folder = kept ?? Directory.CreateTempSubdirectory("naas-openslice-");
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        IEnumerable<(string Key, string Value)> all =
            [("ConnectionStrings:Api", $"Data Source={Path.Combine(folder.FullName, "api.db")}"), ("urls", "http://127.0.0.1:0"), .. settings];
        builder.Configuration.AddInMemoryCollection(all.GroupBy(one => one.Key).Select(same => KeyValuePair.Create(same.Key, (string?)same.Last().Value)));
        if (clock is not null)
        {
            builder.Services.AddSingleton(clock);
        }

        builder.AddNaasApi();
        builder.Services.AddMessageBus(builder.Configuration);
        var app = builder.Build();
        app.MapNaasApi();
        await app.StartAsync(Stop);
        return new Naas(app, folder, kept is not null);
    }

    /// <summary>Starts an API that gives out its own tokens; what the test itself asks, it asks as the manager.</summary>
    public static async Task<Naas> StartWithTokensAsync(DirectoryInfo? kept = null)
    {
        var naas = await StartAsync(Tokens.Settings, kept);
        using var manager = new OsomClient(Tokens.Manager(naas.Url), TimeProvider.System);
        naas.client.DefaultRequestHeaders.Authorization = new("Bearer", (string?)(await manager.TokenAsync(Stop))["access_token"]);
        return naas;
    }

    public async Task<string> PublishAsync(string name, params JsonObject[] characteristics)
    {
        var body = new JsonObject
        {
            ["name"] = name,
            ["version"] = "1.0.0",
            ["lifecycleStatus"] = "Launched",
            ["@type"] = "CustomerFacingServiceSpecification",
            ["specCharacteristic"] = new JsonArray([.. characteristics]),
        };
        return (string)(await SendAsync(HttpMethod.Post, "/tmf-api/serviceCatalogManagement/v4/serviceSpecification", body))["id"]!;
    }

    public Task<JsonObject> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public async Task<JsonObject> SendAsync(HttpMethod method, string path, JsonNode? body)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(request, Stop);
        response.IsSuccessStatusCode.ShouldBeTrue($"{method} {path}: {await response.Content.ReadAsStringAsync(Stop)}");
        return (await response.Content.ReadFromJsonAsync<JsonObject>(Stop))!;
    }

    /// <summary>Reports as the worker does.</summary>
    public Task ReportAsync(string service, string order, string item, Rollout rollout, int revision = 1, string? reason = null, IReadOnlyList<ComponentReport>? components = null) =>
        app.Services.GetRequiredService<IBus>().Publish(
            new ServiceReported(
                Guid.Parse(service), ++reports, revision, revision, new Cause(CauseKind.Order, order, item), rollout, reason, components ?? [], DateTimeOffset.UtcNow),
            Stop);

    public async Task<JsonObject> UntilAsync(string path, Func<JsonObject, bool> reached)
    {
        JsonObject body = [];
        await UntilAsync(async () => reached(body = await GetAsync(path)), () => $"{path} stays {body.ToJsonString()}");
        return body;
    }

    public static Task UntilAsync(Func<bool> reached, string complaint) => UntilAsync(() => Task.FromResult(reached()), () => complaint);

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        if (!isKept)
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> reached, Func<string> complaint)
    {
        var deadline = DateTime.UtcNow + Patience;
        while (!await reached())
        {
            (DateTime.UtcNow < deadline).ShouldBeTrue(complaint());
            await Task.Delay(30, Stop);
        }
    }
}
