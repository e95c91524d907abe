using System.Net;
using System.Text.Json.Nodes;
using NaaS.Contracts;
using NaaS.Ordering.Tests.OpenSlice;
using NaaS.Testing;
using Npgsql;

namespace NaaS.Ordering.Tests.Orders;

/// <summary>Who waits for whom at PostgreSQL's rows, when requests and reports change the same order and service at once.</summary>
public sealed class LockTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_report_holds_no_service_while_it_waits_for_the_order()
    {
        await using var front = await StartAsync();
        var specification = await front.PublishAsync(Samples.Specification());
        await front.PostAsync(Front.Orders, Samples.Order(specification));
        var command = (await front.CommandsAsync<ChangeService>()).ShouldHaveSingleItem();
        await using var request = await OtherTransaction.BeginAsync(front);
        await request.LockAsync("serviceOrder", command.Cause.Id);

        var report = front.ReportAsync(Samples.Report(command, 1, Rollout.Good));
        await UntilSomebodyWaitsAsync(front);
        await request.LockAsync("service", command.ServiceId.ToString(), "NOWAIT");
        await request.EndAsync();

        await report;
        (await front.GetAsync($"{Front.Orders}/{command.Cause.Id}"))["state"]!.GetValue<string>().ShouldBe("completed");
    }

    [Theory(Timeout = 60_000)]
    [InlineData("""SELECT 1 FROM resources WHERE "Type" = 'service' AND "Id" = @service FOR UPDATE""")]
    [InlineData("""SELECT 1 FROM subscriptions WHERE @service <> '' FOR UPDATE""")]
    public async Task A_request_that_loses_a_deadlock_is_done_all_the_same(string held)
    {
        await using var front = await StartAsync();
        var (hub, _) = await front.PostAsync("/tmf-api/serviceOrdering/v4/hub", new JsonObject { ["callback"] = "http://127.0.0.1:9/listener" });
        hub.ShouldBe(HttpStatusCode.Created);
        var (service, command) = await OpenSliceRoadTests.ActiveAsync(front);
        var order = await front.GetAsync($"{Front.OpenSliceOrders}/{command.Cause.Id}");
        order["orderItem"]![0]!["service"]!["state"] = "terminated";
        await using var other = await OtherTransaction.BeginAsync(front);
        await other.RunAsync(held, ("service", service));

        var patch = front.PatchAsync(OpenSliceRoadTests.Path(order), new JsonObject { ["orderItem"] = order["orderItem"]!.DeepClone() });
        await UntilSomebodyWaitsAsync(front);
        // The circle closes here, and opens when the request has lost.
        await other.LockAsync("serviceOrder", command.Cause.Id);
        await other.EndAsync();

        var (status, answer) = await patch;
        status.ShouldBe(HttpStatusCode.OK, answer.ToJsonString());
        (await front.CommandsAsync<TerminateService>()).ShouldHaveSingleItem().ServiceId.ToString().ShouldBe(service);
    }

    private static async Task<Front> StartAsync()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("NAAS_POSTGRES") is null, "NAAS_POSTGRES is not set; tests/run.sh sets it");
        return await Front.StartAsync();
    }

    // On a connection of its own: within one transaction PostgreSQL shows what it showed first.
    private static async Task UntilSomebodyWaitsAsync(Front front)
    {
        await using var connection = new NpgsqlConnection(front.Connection);
        await connection.OpenAsync(Token);
        await using var waiting = new NpgsqlCommand("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'", connection);
        while ((long)(await waiting.ExecuteScalarAsync(Token))! == 0)
        {
            await Task.Delay(20, Token);
        }
    }

    /// <summary>A transaction beside those of the server. In a deadlock with one of them, that one loses: this one would look for it last.</summary>
    private sealed class OtherTransaction(NpgsqlConnection connection) : IAsyncDisposable
    {
        public static async Task<OtherTransaction> BeginAsync(Front front)
        {
            var connection = new NpgsqlConnection(front.Connection);
            await connection.OpenAsync(Token);
            var transaction = new OtherTransaction(connection);
            await transaction.RunAsync("BEGIN; SET LOCAL deadlock_timeout = '1min'");
            return transaction;
        }

        public Task LockAsync(string type, string id, string how = "") =>
            RunAsync($"""SELECT 1 FROM resources WHERE "Type" = @type AND "Id" = @id FOR UPDATE {how}""", ("type", type), ("id", id));

        public async Task RunAsync(string sql, params (string Name, string Value)[] parameters)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            foreach (var (name, value) in parameters)
            {
                command.Parameters.AddWithValue(name, value);
            }

            await command.ExecuteNonQueryAsync(Token);
        }

        public Task EndAsync() => RunAsync("COMMIT");

        public ValueTask DisposeAsync() => connection.DisposeAsync();
    }
}
