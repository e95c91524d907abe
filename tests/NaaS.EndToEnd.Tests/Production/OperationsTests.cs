using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RabbitMQ.Client;

namespace NaaS.EndToEnd.Tests.Production;

/// <summary>The operator's hands, by API and by command.</summary>
[Collection(OnServers.Name)]
public sealed class OperationsTests
{
    private const string Secret = "a-value-that-nobody-may-see";
    private const string ChangeService = "urn:message:NaaS.Contracts:ChangeService";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 240_000)]
    public async Task A_message_that_fails_becomes_a_dead_letter_with_its_reason_and_is_handled_when_it_is_put_back()
    {
        await using var naas = await Installation.StartAsync(("Messaging:Retries", "0"));
        var (_, api) = await naas.StartApiAsync();
        var (worker, _) = await naas.StartWorkerAsync();
        var service = Guid.NewGuid();
        // The consumer needs the database; without it and without retries the message fails.
        naas.Postgres.Cut();
        var id = await SendAsync(naas, service);
        await worker.UntilAsync(() => Task.FromResult(worker.Output.Contains("R-FAULT", StringComparison.Ordinal)), Token);
        naas.Postgres.Mend();

        // The failure is told before the message is in its queue.
        JsonNode? letter = null;
        await worker.UntilAsync(async () => (letter = (await ListAsync(naas, api)).SingleOrDefault(one => (string?)one!["id"] == id)) is not null, Token);
        ((string?)letter!["kind"]).ShouldBe("error");
        ((string?)letter["type"]).ShouldBe("ChangeService");
        ((string?)letter["reason"])!.Length.ShouldBeGreaterThan(5);
        var (code, shown) = await NaasAsync("dead-letters", "show", id, "--api", $"{api}");
        code.ShouldBe(0, shown);
        shown.ShouldContain($"{service}");
        shown.ShouldNotContain(Secret);

        for (var looks = 0; looks < 25; looks++)
        {
            var seen = (await ListAsync(naas, api)).Where(one => (string?)one!["id"] == id).ToList();
            seen.Count.ShouldBe(1, $"looking takes nothing away, at look {looks + 1} there is {string.Join(", ", seen.Select(one => one!.ToJsonString()))}");
        }

        (code, shown) = await NaasAsync("dead-letters", "requeue", id, "--api", $"{api}");

        code.ShouldBe(0, shown);
        (await ListAsync(naas, api)).ShouldNotContain(one => (string?)one!["id"] == id);
        await worker.UntilAsync(() => Task.FromResult(worker.Output.Contains($"{service}", StringComparison.Ordinal)), Token);
        naas.Logs().ShouldNotContain(Secret);
    }

    [Fact(Timeout = 240_000)]
    public async Task Stuck_services_are_listed_and_asked_for_again_and_an_order_leaves_its_audit_trail()
    {
        await using var naas = await Installation.StartAsync();
        var (_, api) = await naas.StartApiAsync();
        var order = await naas.OrderAsync("cms", api);

        // There is no worker, so the service is stuck.
        var stuck = (await naas.GetAsync(new Uri(api, "/operator/v1/stuckService?silent=00:00:00"))).AsArray().ShouldHaveSingleItem()!;
        ((string?)stuck["cause"]!["id"]).ShouldBe(order);
        var (code, text) = await NaasAsync("stuck", "requeue", (string)stuck["id"]!, "--api", $"{api}");
        code.ShouldBe(0, text);
        await naas.StartWorkerAsync();

        ((string?)(await naas.EndedAsync(order, api))["state"]).ShouldBe("completed");
        (await naas.GetAsync(new Uri(api, "/operator/v1/stuckService?silent=00:00:00"))).AsArray().ShouldBeEmpty();
        (code, text) = await NaasAsync("audit", order, "--api", $"{api}");
        code.ShouldBe(0, text);
        var audit = JsonNode.Parse(text)!;
        ((string?)audit["order"]!["orderedBy"]).ShouldBe("anonymous");
        var revision = audit["revisions"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)revision["outcome"]).ShouldBe("good");
        ((string?)revision["delivered"]!["chartDigest"])!.ShouldNotBeEmpty();
        revision["delivered"]!["objects"]!.AsObject().SelectMany(cluster => cluster.Value!.AsArray()).ShouldContain(o => $"{o}".Contains("phpmyadmin", StringComparison.Ordinal));
    }

    [Fact(Timeout = 240_000)]
    public async Task A_notification_that_was_not_delivered_is_listed_and_sent_on_demand()
    {
        await using var naas = await Installation.StartAsync();
        var (_, api) = await naas.StartApiAsync();
        var port = NaaS.Standalone.Serving.AllInOne.FreePort();
        using (var registered = await naas.Http.PostAsJsonAsync(
            new Uri(api, "/tmf-api/serviceCatalogManagement/v4/hub"), new JsonObject { ["callback"] = $"http://127.0.0.1:{port}/" }, Token))
        {
            registered.EnsureSuccessStatusCode();
        }

        using var created = await naas.Http.PostAsJsonAsync(
            new Uri(api, "/tmf-api/serviceCatalogManagement/v4/serviceCategory"), new JsonObject { ["name"] = "told late" }, Token);
        created.EnsureSuccessStatusCode();
        JsonArray waiting;
        while ((waiting = (await naas.GetAsync(new Uri(api, "/operator/v1/notification"))).AsArray()).Count == 0 || (int)waiting[0]!["attempts"]! == 0)
        {
            await Task.Delay(50, Token);
        }

        ((string?)waiting[0]!["lastError"]).ShouldNotBeNullOrEmpty();
        using var listener = new System.Net.HttpListener();
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        var arrival = listener.GetContextAsync();
        var (code, text) = await NaasAsync("notifications", "requeue", $"{waiting[0]!["id"]}", "--api", $"{api}");
        code.ShouldBe(0, text);

        var context = await arrival.WaitAsync(Token);
        context.Response.StatusCode = 204;
        context.Response.Close();
        while ((await naas.GetAsync(new Uri(api, "/operator/v1/notification"))).AsArray().Count > 0)
        {
            await Task.Delay(50, Token);
        }
    }

    [Fact(Timeout = 240_000)]
    public async Task Garbage_on_the_command_queue_becomes_dead_letters_with_a_reason_and_never_a_command()
    {
        await using var naas = await Installation.StartAsync();
        var (_, api) = await naas.StartApiAsync();
        await naas.StartWorkerAsync();
        var id = Guid.NewGuid();
        var cause = new { kind = 0, id = "order", itemId = "1" };
        int[] none = [];
        var garbage = new Dictionary<string, (string Body, string Reason)>
        {
            ["no message"] = (Envelope(ChangeService, null), ""),
            ["no fields"] = (Envelope(ChangeService, new { }), "ChangeService.serviceId is missing"),
            ["an empty id"] = (Envelope(ChangeService, new { serviceId = Guid.Empty, sequence = 1, serviceName = "x", characteristics = none, cause }), "ChangeService.serviceId is missing"),
            ["no sequence"] = (Envelope(ChangeService, new { serviceId = id, serviceName = "x", characteristics = none, cause }), "ChangeService.sequence is missing"),
            ["no characteristics"] = (Envelope(ChangeService, new { serviceId = id, sequence = 1, serviceName = "x", cause }), "ChangeService.characteristics is missing"),
            ["a hole in a list"] = (Envelope(ChangeService, new { serviceId = id, sequence = 1, serviceName = "x", characteristics = new object?[] { null }, cause }), "ChangeService.characteristics[0] is missing"),
            ["no cause"] = (Envelope(ChangeService, new { serviceId = id, sequence = 1, serviceName = "x", characteristics = none }), "ChangeService.cause is missing"),
            ["an unknown cause"] = (Envelope(ChangeService, new { serviceId = id, sequence = 1, serviceName = "x", characteristics = none, cause = new { kind = 77, id = "x" } }), "ChangeService.cause.kind is unknown"),
            ["another type of field"] = (Envelope(ChangeService, new { serviceId = 7, sequence = "many", serviceName = "x" }), ""),
            ["an unknown type"] = (Envelope("urn:message:NaaS.Contracts:MakeCoffee", new { serviceId = id }), ""),
            ["no type"] = (Envelope(null, new { serviceId = id }), ""),
            ["no envelope"] = ("{\"serviceName\": \"x\"}", ""),
            ["no JSON"] = ("\0\u0001 what is this", ""),
            ["no object"] = ("[1, 2, 3]", ""),
            ["nothing"] = ("", ""),
            ["a name twice"] = ("{\"messageType\": 5, \"messageType\": [\"x\"], \"message\": {\"a\": 1, \"a\": 2}}", ""),
            ["deep"] = (new string('[', 5000), ""),
        };
        var sent = new Dictionary<string, string>();
        foreach (var (name, (body, _)) in garbage)
        {
            sent[name] = Guid.NewGuid().ToString();
            await PublishAsync(naas, sent[name], Encoding.UTF8.GetBytes(body));
        }

        JsonArray letters;
        while (sent.Values.Except((letters = await ListAsync(naas, api)).Select(one => (string)one!["id"]!)).Any())
        {
            await Task.Delay(200, Token);
        }

        foreach (var (name, message) in sent)
        {
            var letter = letters.Single(one => (string?)one!["id"] == message)!;
            ((string?)letter["reason"])!.ShouldContain(garbage[name].Reason, customMessage: $"{name}: {letter.ToJsonString()}");
            ((string?)letter["reason"])!.Length.ShouldBeGreaterThan(5, name);
        }

        (await naas.QueryAsync("worker", "SELECT \"Id\" FROM services")).ShouldBeEmpty();
        ((string?)(await naas.EndedAsync(await naas.OrderAsync("cms", api), api))["state"]).ShouldBe("completed");
        (await naas.QueryAsync("worker", "SELECT \"Id\" FROM services")).ShouldHaveSingleItem();
    }

    private static string Envelope(string? type, object? message) =>
        JsonSerializer.Serialize(new { messageId = Guid.NewGuid(), messageType = type is null ? null : new[] { type }, message });

    private static async Task PublishAsync(Installation naas, string id, byte[] body)
    {
        await using var connection = await new ConnectionFactory { Uri = naas.Servers.RabbitMq }.CreateConnectionAsync(Token);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Token);
        await channel.BasicPublishAsync(
            "",
            "naas-change-service",
            mandatory: false,
            new BasicProperties { MessageId = id, ContentType = "application/vnd.masstransit+json", DeliveryMode = DeliveryModes.Persistent },
            body,
            Token);
    }

    private static async Task<string> SendAsync(Installation naas, Guid service)
    {
        var id = Guid.NewGuid().ToString();
        var envelope = new
        {
            messageId = id,
            messageType = new[] { ChangeService },
            message = new
            {
                serviceId = service,
                sequence = 1,
                serviceName = "sent-by-hand",
                characteristics = new[] { new { name = "Helm Package Configuration", valueType = "TEXT", value = Secret, isDefault = false } },
                cause = new { kind = 3, id = "test" },
            },
        };
        await PublishAsync(naas, id, JsonSerializer.SerializeToUtf8Bytes(envelope));
        return id;
    }

    private static async Task<JsonArray> ListAsync(Installation naas, Uri api) => (await naas.GetAsync(new Uri(api, "/operator/v1/deadLetter"))).AsArray();

    private static async Task<(int Code, string Output)> NaasAsync(params string[] arguments)
    {
        await using var naas = Executable.Start("NaaS.Standalone", "naas", arguments);
        await naas.WaitForExitAsync(Token);
        return (naas.ExitCode, naas.Output);
    }
}
