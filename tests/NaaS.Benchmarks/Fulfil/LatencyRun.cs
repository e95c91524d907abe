using System.Collections.Concurrent;
using System.Diagnostics;

namespace NaaS.Benchmarks.Fulfil;

/// <summary>Orders at a steady rate, and how long each waits for its works and its customer for the news.</summary>
internal static class LatencyRun
{
    private const int WarmUp = 20;

    public static async Task RunAsync(IEnumerable<double> rates, int seconds, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("naas-bench-").FullName;
        using var hub = await HubProcess.StartAsync(0, cancellationToken);
        await using var stack = await Stack.StartAsync(hub.Hub, $"bench_{Guid.NewGuid():N}", folder, cancellationToken);
        await using var observer = new HubObserver(hub.Hub);
        var specification = await stack.PrepareAsync(cancellationToken);
        Console.WriteLine($"Services of three components, {(Stack.OnServers ? "PostgreSQL and RabbitMQ" : "SQLite and the in-memory transport")}, API and worker in one process, the hub in another.");
        await MeasureAsync(stack, observer, specification, 10, WarmUp, cancellationToken);
        Console.WriteLine("orders/s  orders  accepted->works ms p50   p99  ready->notified ms p50   p99  POST ms p50   p99  failed");
        foreach (var rate in rates)
        {
            var (orders, write, notify, post) = await MeasureAsync(stack, observer, specification, rate, (int)Math.Max(5, rate * seconds), cancellationToken);
            Console.WriteLine(
                $"{rate,8:0.#}{orders,8}{Percentile(write, 50),24:0.0}{Percentile(write, 99),6:0}{Percentile(notify, 50),24:0.0}{Percentile(notify, 99),6:0}{Percentile(post, 50),13:0.0}{Percentile(post, 99),6:0}{stack.Failed.Count,8}");
        }

        Console.WriteLine($"Memory: ours {Environment.WorkingSet / 1048576} MB, the hub's {hub.Megabytes} MB.");
    }

    private static async Task<(int Orders, List<double> Write, List<double> Notify, List<double> Post)> MeasureAsync(
        Stack stack, HubObserver observer, string specification, double rate, int count, CancellationToken cancellationToken)
    {
        var accepted = new ConcurrentDictionary<string, (string Service, long Sent, long At)>();
        var begin = Stopwatch.GetTimestamp();
        var posts = new List<Task>();
        for (var i = 0; i < count; i++)
        {
            var due = TimeSpan.FromSeconds(i / rate) - Stopwatch.GetElapsedTime(begin);
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due, cancellationToken);
            }

            posts.Add(PostAsync(i));
        }

        await Task.WhenAll(posts);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(3));
        while (!accepted.All(order => Heard(order.Key) is not null || stack.Failed.Count > 0))
        {
            await Task.Delay(50, limit.Token);
        }

        var done = accepted.Where(order => Heard(order.Key) is not null).Select(order => (order.Value, Heard: Heard(order.Key)!.Value)).ToList();
        return (
            done.Count,
            [.. done.Select(order => Math.Max(0, Milliseconds(order.Value.At, observer.Written[order.Value.Service])))],
            [.. done.Where(order => observer.Ready.ContainsKey(order.Value.Service)).Select(order => Math.Max(0, Milliseconds(observer.Ready[order.Value.Service], order.Heard)))],
            [.. done.Select(order => Milliseconds(order.Value.Sent, order.Value.At))]);

        async Task PostAsync(int i)
        {
            var sent = Stopwatch.GetTimestamp();
            var (order, service) = await stack.OrderAsync(specification, $"s{i}", null, cancellationToken);
            accepted[order] = (service, sent, Stopwatch.GetTimestamp());
        }

        long? Heard(string order)
        {
            lock (stack.Completed)
            {
                return stack.Completed.TryGetValue(order, out var at) ? at : null;
            }
        }
    }

    private static double Milliseconds(long from, long to) => (to - from) * 1000.0 / Stopwatch.Frequency;

    private static double Percentile(List<double> values, int percent)
    {
        if (values.Count == 0)
        {
            return double.NaN;
        }

        values.Sort();
        return values[Math.Min(values.Count - 1, (int)Math.Ceiling(values.Count * percent / 100.0) - 1)];
    }
}
