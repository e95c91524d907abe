using NaaS.Standalone.Serving;

namespace NaaS.EndToEnd.Tests.Production;

/// <summary>One order through all processes, as <c>naas trace</c> prints it.</summary>
[Collection(OnServers.Name)]
public sealed class TraceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 240_000)]
    public async Task The_trace_of_an_order_is_printed_as_a_tree_from_the_request_to_the_notification()
    {
        var collector = new Uri($"http://127.0.0.1:{AllInOne.FreePort()}");
        await using var trace = Executable.Start("NaaS.Standalone", "naas", ["trace", "--listen", $"{collector}", "--quiet", "00:00:02"]);
        await trace.UntilAsync(() => Task.FromResult(trace.Output.Contains("waits for spans", StringComparison.Ordinal)), Token);
        await using var naas = await Installation.StartAsync(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", $"{collector}"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_BSP_SCHEDULE_DELAY", "200"));
        var (_, api) = await naas.StartApiAsync();
        await naas.StartWorkerAsync();
        await naas.SubscribeAsync(api, "serviceOrdering");

        ((string?)(await naas.EndedAsync(await naas.OrderAsync("cms", api), api))["state"]).ShouldBe("completed");

        // Of a slow trace it prints what has come, and all of it once more.
        string[] steps = ["naas-api      POST", "publish ChangeService", "MakeRevision", "WriteWorks", "publish ServiceReported", "notify ServiceOrderStateChangeEvent"];
        string? tree = null;
        await trace.UntilAsync(
            () => Task.FromResult((tree = trace.Output.Split("\ntrace ").FirstOrDefault(one => Array.TrueForAll(steps, step => one.Contains(step, StringComparison.Ordinal)))) is not null),
            Token);
        var printed = tree.ShouldNotBeNull();
        TestContext.Current.TestOutputHelper!.WriteLine(printed);
        printed.ShouldContain("naas-worker");
        steps.Take(4).Select(step => printed.IndexOf(step, StringComparison.Ordinal)).ShouldBeInOrder();
    }
}
