using System.Net;
using System.Security.Claims;
using System.Text;
using System.Text.Json.Nodes;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NaaS.Contracts;
using NaaS.Inventory;
using NaaS.Messaging.Bus;
using NaaS.Ordering;
using NaaS.Tmf.Catalog;
using NaaS.Tmf.Json;
using NaaS.Tmf.OpenSlice;
using NaaS.TmfRest;
using NaaS.TmfRest.Ports;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Storage;

namespace NaaS.Testing;

/// <summary>
/// Ordering and inventory behind HTTP on a port of its own, on SQLite or, where NAAS_POSTGRES is set, on a database of its own there. The test plays
/// catalogue and worker: it publishes specifications and reports, and reads the commands.
/// </summary>
public sealed class Front : IAsyncDisposable
{
    public const string Orders = "/tmf-api/serviceOrdering/v4/serviceOrder";
    public const string Services = "/tmf-api/serviceInventory/v4/service";
    public const string Qualifications = "/tmf-api/serviceQualificationManagement/v4/checkServiceQualification";
    public const string OpenSliceOrders = "/openslice" + Orders;
    public const string OpenSliceServices = "/openslice" + Services;
    private const string ActingAs = "X-Acting-As";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly WebApplication app;
    private readonly string? folder;
    private readonly KeptLog log;
    private readonly TestClock clock;
    private readonly HttpClient client;

    private Front(WebApplication app, string connection, string? folder, KeptLog log, TestClock clock)
    {
        Connection = connection;
        this.clock = clock;
        this.log = log;
        this.app = app;
        this.folder = folder;
        client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    /// <summary>Its database.</summary>
    public string Connection { get; }

    public static async Task<Front> StartAsync(params (string Key, string Value)[] settings)
    {
        var (connection, folder) = await DatabaseAsync();
        var builder = WebApplication.CreateBuilder();
        var log = new KeptLog();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Configuration.AddInMemoryCollection(
            [new("ConnectionStrings:Api", connection), new("urls", "http://127.0.0.1:0"), .. settings.Select(one => KeyValuePair.Create(one.Key, (string?)one.Value))]);
        var clock = new TestClock();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddTmfKit(builder.Configuration);
        builder.Services.AddDialect("/openslice", OpenSliceDialect.Instance);
        builder.Services.AddTmfResource(new ResourceDefinition<ServiceSpecification>(TmfApi.ServiceCatalog, "serviceSpecification"));
        builder.Services.AddInventory();
        builder.Services.AddOrdering();
        builder.Services.AddConsumer<ServiceReportedConsumer, TmfDb>();
        builder.Services.AddMessageBus(builder.Configuration);
        var app = builder.Build();
        app.UseTmfKit();
        app.Use(ActAsAsync);
        app.MapInventory();
        app.MapOrdering();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new Front(app, connection, folder, log, clock);
    }

    public async Task<(HttpStatusCode Status, JsonObject Body)> SendAsync(HttpMethod method, string path, JsonNode? body = null, string? mediaType = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, mediaType ?? "application/json");
        }

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var node = text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
        return (response.StatusCode, node as JsonObject ?? new JsonObject { ["items"] = node });
    }

    public Task<(HttpStatusCode Status, JsonObject Body)> PostAsync(string path, JsonNode body) => SendAsync(HttpMethod.Post, path, body);

    public Task<(HttpStatusCode Status, JsonObject Body)> PatchAsync(string path, JsonNode body, string? mediaType = null) =>
        SendAsync(HttpMethod.Patch, path, body, mediaType);

    public async Task<JsonObject> GetAsync(string path)
    {
        var (status, body) = await SendAsync(HttpMethod.Get, path);
        status.ShouldBe(HttpStatusCode.OK, body.ToJsonString());
        return body;
    }

    /// <summary>Lets time pass; what waits for a date looks at the clock again when another date is stored, which this does.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        clock.Advance(time);
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TmfDb>();
        db.Timers.Add(new() { Kind = "serviceOrder.start", Subject = "nobody", DueAt = Now });
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Now, as the server has it.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Puts a specification into the catalogue.</summary>
    public async Task<string> PublishAsync(JsonObject specification)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<ResourceStore>();
        var resource = TmfJson.Read<ServiceSpecification>(OpenSliceCatalogue.ReadSpecification(specification));
        store.Insert(resource);
        await store.Db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return resource.Id!;
    }

    /// <summary>All commands to the worker of that type, oldest first.</summary>
    public async Task<IReadOnlyList<T>> CommandsAsync<T>()
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TmfDb>();
        var rows = await db.Set<NaaS.Messaging.Outbox.OutboxMessage>().AsNoTracking().OrderBy(row => row.Position).ToListAsync(TestContext.Current.CancellationToken);
        return [.. rows.Where(row => row.Type == typeof(T).FullName).Select(row => System.Text.Json.JsonSerializer.Deserialize<T>(row.Body)!)];
    }

    /// <summary>Waits for a command of that type.</summary>
    public async Task<IReadOnlyList<T>> UntilCommandAsync<T>()
    {
        await WaitAsync(async db => await db.Set<NaaS.Messaging.Outbox.OutboxMessage>().AnyAsync(row => row.Type == typeof(T).FullName), $"no {typeof(T).Name} was sent");
        return await CommandsAsync<T>();
    }

    /// <summary>Events written so far, oldest first: type and envelope.</summary>
    public async Task<IReadOnlyList<(string Type, JsonObject Body)>> EventsAsync()
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TmfDb>();
        var rows = await db.Events.AsNoTracking().OrderBy(row => row.Position).ToListAsync(TestContext.Current.CancellationToken);
        return [.. rows.Select(row => (row.EventType, JsonNode.Parse(row.Body)!.AsObject()))];
    }

    /// <summary>Reports as the worker does, and waits until the report was taken.</summary>
    public Task ReportAsync(ServiceReported report) => AnswerAsync(report);

    /// <summary>Sends an event as the worker does, and waits until it was taken.</summary>
    public async Task AnswerAsync(object report)
    {
        var id = Guid.NewGuid();
        await app.Services.GetRequiredService<IBus>().Publish(report, report.GetType(), context => context.MessageId = id, TestContext.Current.CancellationToken);
        await WaitAsync(async db => await db.Set<NaaS.Messaging.Inbox.InboxMessage>().AnyAsync(row => row.MessageId == id), "the report was not taken");
    }

    /// <summary>Waits until a resource is as described.</summary>
    public async Task<JsonObject> UntilAsync(string path, Func<JsonObject, bool> condition)
    {
        var deadline = DateTime.UtcNow + Patience;
        while (true)
        {
            var body = await GetAsync(path);
            if (condition(body))
            {
                return body;
            }

            (DateTime.UtcNow < deadline).ShouldBeTrue($"{path} stays {body.ToJsonString()}: {log.Text}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Makes all further requests as this customer.</summary>
    public void ActAs(string subject)
    {
        client.DefaultRequestHeaders.Remove(ActingAs);
        client.DefaultRequestHeaders.Add(ActingAs, subject);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.StopAsync();
        if (folder is null)
        {
            await using var scope = app.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<TmfDb>().Database.EnsureDeletedAsync();
        }

        await app.DisposeAsync();
        if (folder is not null)
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Stands in for the token that the authentication in front of the kit would have read.
    private static Task ActAsAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Headers[ActingAs].ToString() is { Length: > 0 } subject)
        {
            context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", subject)], "test"));
        }

        return next(context);
    }

    private async Task WaitAsync(Func<TmfDb, Task<bool>> condition, string complaint)
    {
        var deadline = DateTime.UtcNow + Patience;
        while (true)
        {
            await using var scope = app.Services.CreateAsyncScope();
            if (await condition(scope.ServiceProvider.GetRequiredService<TmfDb>()))
            {
                return;
            }

            (DateTime.UtcNow < deadline).ShouldBeTrue($"{complaint}: {log.Text}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<(string Connection, string? Folder)> DatabaseAsync()
    {
        if (Environment.GetEnvironmentVariable("NAAS_POSTGRES") is { Length: > 0 } server)
        {
            // A test that makes a deadlock has the time to close the circle before the server looks for one.
            var builder = new Npgsql.NpgsqlConnectionStringBuilder(server) { Database = $"front_{Guid.NewGuid():N}", MaxPoolSize = 20, Options = "-c deadlock_timeout=3s" };
            return (builder.ConnectionString, null);
        }

        var folder = Directory.CreateTempSubdirectory("naas-front-").FullName;
        await Task.CompletedTask;
        return ($"Data Source={Path.Combine(folder, "api.db")}", folder);
    }
}
