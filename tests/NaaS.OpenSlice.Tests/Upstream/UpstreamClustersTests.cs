using System.Text.Json.Nodes;
using NaaS.Contracts;
using NaaS.OpenSlice.Tests.Hosting;

namespace NaaS.OpenSlice.Tests.Upstream;

/// <summary>Clusters that an upstream OpenSlice makes for us.</summary>
public sealed class UpstreamClustersTests : IDisposable
{
    private readonly FakeOpenSlice openSlice = new();

    public UpstreamClustersTests() =>
        openSlice.Specifications["kaas"] = new JsonObject { ["id"] = "kaas", ["name"] = "Kubernetes-as-a-Service", ["version"] = "3" };

    private IEnumerable<(string, string)> On =>
        [.. openSlice.Settings("OpenSlice:Upstream"), ("OpenSlice:Upstream:Specification", "kaas"), ("OpenSlice:Upstream:Interval", "00:00:00.1")];

    public void Dispose() => openSlice.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task A_cluster_is_ordered_onward_once_and_the_application_waits_for_it()
    {
        await using var naas = await Naas.StartAsync(On);
        var order = await OrderAsync(naas);
        var id = (string)order["id"]!;

        await Naas.UntilAsync(() => openSlice.Orders.Count == 1, "nothing was ordered upstream");
        var (upstream, body) = openSlice.Orders.Single();
        var service = body["orderItem"]![0]!["service"]!.AsObject();
        body["externalId"]!.ToString().ShouldBe(Samples.ServiceOf(order, 1));
        service["serviceSpecification"]!["id"]!.ToString().ShouldBe("kaas");
        service["serviceSpecification"]!["version"]!.ToString().ShouldBe("3");
        Samples.Value(service, "Cluster name").ShouldBe("c4");

        // Completed upstream is not yet a cluster of ours: the worker says when it is there.
        openSlice.Orders[upstream]["state"] = "COMPLETED";
        (await naas.GetAsync($"{Naas.Orders}/{id}"))["orderItem"]![0]!["state"]!.ToString().ShouldBe("PENDING");
        await naas.ReportAsync(Samples.ServiceOf(order, 1), id, "2", Rollout.Good);
        await naas.UntilAsync($"{Naas.Orders}/{id}", one => (string?)one["orderItem"]![1]!["state"] == "COMPLETED" && (string?)one["orderItem"]![0]!["state"] != "PENDING");
        openSlice.Orders.Count.ShouldBe(1);

        // When ours ends, so does theirs.
        await naas.SendAsync(HttpMethod.Patch, $"{Naas.Services}/{Samples.ServiceOf(order, 1)}", new JsonObject { ["state"] = "TERMINATED" });
        await naas.ReportAsync(Samples.ServiceOf(order, 1), id, "2", Rollout.Terminated, revision: 2);
        await Naas.UntilAsync(() => (string?)openSlice.Orders[upstream]["orderItem"]![0]!["action"] == "delete", "the upstream order was not ended");
    }

    [Fact(Timeout = 60_000)]
    public async Task A_cluster_that_is_refused_upstream_fails_its_item_and_cancels_what_waits_for_it()
    {
        await using var naas = await Naas.StartAsync(On);
        var order = await OrderAsync(naas);
        var id = (string)order["id"]!;
        await Naas.UntilAsync(() => openSlice.Orders.Count == 1, "nothing was ordered upstream");

        openSlice.Orders.Values.Single()["state"] = "REJECTED";
        await naas.UntilAsync($"{Naas.Services}/{Samples.ServiceOf(order, 1)}", one => one["note"]!.AsArray().Any(note => note!["text"]!.ToString().Contains("REJECTED")));
        await naas.ReportAsync(Samples.ServiceOf(order, 1), id, "2", Rollout.Terminated, revision: 2);

        var ended = await naas.UntilAsync($"{Naas.Orders}/{id}", one => (string?)one["state"] == "FAILED");
        ended["orderItem"]![0]!["state"]!.ToString().ShouldBe("CANCELLED");
    }

    [Fact(Timeout = 60_000)]
    public async Task An_order_that_was_placed_before_a_crash_is_found_again()
    {
        await using var naas = await Naas.StartAsync([.. On, ("OpenSlice:Upstream:Interval", "00:00:02")]);
        var order = await OrderAsync(naas);
        openSlice.Orders["placed"] = new JsonObject { ["id"] = "placed", ["externalId"] = Samples.ServiceOf(order, 1), ["state"] = "REJECTED", ["orderItem"] = new JsonArray() };

        await naas.UntilAsync($"{Naas.Services}/{Samples.ServiceOf(order, 1)}", one => one["note"]!.AsArray().Any(note => note!["text"]!.ToString().Contains("REJECTED")));

        openSlice.Orders.Keys.ShouldBe(["placed"]);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Replicas_order_a_cluster_once_however_long_the_answer_takes(bool onPostgres)
    {
        var postgres = Environment.GetEnvironmentVariable("NAAS_POSTGRES");
        Assert.SkipWhen(onPostgres && postgres is null, "NAAS_POSTGRES is not set; tests/run.sh sets it");
        openSlice.Before = (method, path) => IsOrder(method, path) ? Task.Delay(500) : Task.CompletedTask;
        await WithTwoReplicasAsync(
            "00:01:00",
            async naas =>
            {
                await OrderAsync(naas);
                await UntilFollowedAsync();
                Orders().ShouldBe(1);
            },
            onPostgres ? [("ConnectionStrings:Api", $"{postgres};Database=naas_upstream_{Guid.NewGuid():N}")] : []);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_order_whose_answer_a_process_did_not_live_to_see_is_found_by_the_next()
    {
        var taken = new TaskCompletionSource();
        openSlice.After = (method, path) =>
        {
            if (!IsOrder(method, path))
            {
                return Task.CompletedTask;
            }

            taken.TrySetResult();
            return Task.Delay(Timeout.Infinite, Stop);
        };
        var folder = Directory.CreateTempSubdirectory("naas-upstream-");
        try
        {
            await using (var first = await Naas.StartAsync(With("00:00:01"), folder))
            {
                await OrderAsync(first);
                await taken.Task;
            }

            await using var second = await Naas.StartAsync(With("00:00:01"), folder);
            await UntilFollowedAsync();
            Orders().ShouldBe(1);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_process_that_stood_still_before_ordering_leaves_it_to_the_one_that_took_over()
    {
        var (isHeld, wakes) = (0, new TaskCompletionSource());
        openSlice.Before = (_, path) => path.EndsWith("/kaas", StringComparison.Ordinal) && Interlocked.Exchange(ref isHeld, 1) == 0 ? wakes.Task : Task.CompletedTask;
        await WithTwoReplicasAsync("00:00:00.5", async naas =>
        {
            await OrderAsync(naas);
            await UntilFollowedAsync();
            wakes.SetResult();
            await UntilFollowedAsync();
            Orders().ShouldBe(1);
        });
    }

    [Fact(Timeout = 60_000)]
    public async Task An_order_that_was_on_its_way_while_another_took_over_is_withdrawn()
    {
        var (isHeld, wakes) = (0, new TaskCompletionSource());
        openSlice.Before = (method, path) => IsOrder(method, path) && Interlocked.Exchange(ref isHeld, 1) == 0 ? wakes.Task : Task.CompletedTask;
        await WithTwoReplicasAsync("00:00:00.5", async naas =>
        {
            await OrderAsync(naas);
            await UntilFollowedAsync();
            var kept = openSlice.Orders.Keys.Single();
            wakes.SetResult();

            await Naas.UntilAsync(() => openSlice.Written.Any(one => one.Method == "PATCH"), "nothing was withdrawn");
            var withdrawn = openSlice.Orders.Keys.Single(id => id != kept);
            openSlice.Orders[withdrawn]["orderItem"]![0]!["action"]!.ToString().ShouldBe("delete");
            openSlice.Orders[kept]["orderItem"]![0]!["action"]!.ToString().ShouldBe("add");
        });
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static bool IsOrder(string method, string path) => method == "POST" && path.EndsWith("/serviceOrder", StringComparison.Ordinal);

    private int Orders() => openSlice.Asked.Count(one => IsOrder(one.Method, one.Path));

    // Followed means that what was ordered has been noted; two replicas have followed it when it was read several times.
    private Task UntilFollowedAsync()
    {
        int Followed() => openSlice.Asked.Count(one => one.Method == "GET" && one.Path.Contains("/serviceOrder/", StringComparison.Ordinal));
        var before = Followed();
        return Naas.UntilAsync(() => Followed() > before + 5, "the order was not followed");
    }

    private List<(string, string)> With(string lease) => [.. On, ("OpenSlice:Upstream:Lease", lease)];

    private async Task WithTwoReplicasAsync(string lease, Func<Naas, Task> act, params (string, string)[] more)
    {
        var folder = Directory.CreateTempSubdirectory("naas-upstream-");
        try
        {
            await using var first = await Naas.StartAsync([.. With(lease), .. more], folder);
            await using var second = await Naas.StartAsync([.. With(lease), .. more], folder);
            await act(first);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<JsonObject> OrderAsync(Naas naas)
    {
        var application = await naas.PublishAsync("shop", Samples.Application);
        var cluster = await naas.PublishAsync("cluster", Samples.Cluster);
        return await naas.SendAsync(HttpMethod.Post, Naas.Orders, Samples.Order(
            Samples.Item("1", application, after: "2"),
            Samples.Item("2", cluster, characteristics: ("Cluster name", "c4"))));
    }
}
