using System.Diagnostics;

namespace NaaS.Benchmarks.Fulfil;

/// <summary>Many services on many clusters: what each costs, and whether twice as many cost more than twice as much.</summary>
internal static class GrowthRun
{
    private const int AtOnce = 32;

    private const string Apart = """
        kind: P2CodeSchedulingManifest
        apiVersion: scheduling.p2code.eu/v1alpha1
        spec:
          globalAnnotations: [p2code.target.managedClusterSet=default]
          workloadAnnotations:
          - {name: a, annotations: [p2code.filter.zone=0]}
          - {name: b, annotations: [p2code.filter.zone=1]}
          - {name: c, annotations: [p2code.filter.zone=2]}
        """;

    public static async Task RunAsync(IEnumerable<int> sizes, int clusters, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("naas-bench-").FullName;
        var name = $"bench_{Guid.NewGuid():N}";
        using var hub = await HubProcess.StartAsync(clusters, cancellationToken);
        Console.WriteLine($"{clusters} clusters, three works a service, {(Stack.OnServers ? "PostgreSQL and RabbitMQ" : "SQLite and the in-memory transport")}.");
        Console.WriteLine("services  works  s to grow  services/s  cold start to quiet s  memory MB  kB/service  CPU ms in 10 s at rest  hub MB");
        var there = 0;
        foreach (var size in sizes.Order())
        {
            var grown = Stopwatch.StartNew();
            await using (var stack = await Stack.StartAsync(hub.Hub, name, folder, cancellationToken))
            {
                var specification = await stack.PrepareAsync(cancellationToken);
                await GrowAsync(stack, specification, there, size, cancellationToken);
            }

            grown.Stop();
            var empty = Memory();
            var cold = Stopwatch.StartNew();
            await using var again = await Stack.StartAsync(hub.Hub, name, folder, cancellationToken);
            await QuietAsync(cancellationToken);
            cold.Stop();
            var cpu = Process.GetCurrentProcess().TotalProcessorTime;
            await Task.Delay(TimeSpan.FromSeconds(10), cancellationToken);
            cpu = Process.GetCurrentProcess().TotalProcessorTime - cpu;
            var memory = Memory();
            Console.WriteLine(
                $"{size,8}{size * 3,7}{grown.Elapsed.TotalSeconds,11:0.0}{(size - there) / grown.Elapsed.TotalSeconds,12:0.0}{cold.Elapsed.TotalSeconds,23:0.0}{memory / 1048576,11}{(memory - empty) / 1024.0 / size,12:0.0}{cpu.TotalMilliseconds,24:0}{hub.Megabytes,8}");
            there = size;
        }
    }

    private static async Task GrowAsync(Stack stack, string specification, int from, int to, CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(
            Enumerable.Range(from, to - from),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (i, token) =>
            {
                var (order, _) = await stack.OrderAsync(specification, $"s{i}", Apart, token);
                while (!IsOver(stack, order))
                {
                    await Task.Delay(50, token);
                }
            });
        if (stack.Failed.Count > 0)
        {
            throw new InvalidOperationException($"{stack.Failed.Count} orders failed, the first: {stack.Failed[0]}");
        }
    }

    private static bool IsOver(Stack stack, string order)
    {
        lock (stack.Completed)
        {
            return stack.Completed.ContainsKey(order) || stack.Failed.Count > 0;
        }
    }

    // Quiet is when a second passes with next to no work.
    private static async Task QuietAsync(CancellationToken cancellationToken)
    {
        using var self = Process.GetCurrentProcess();
        while (true)
        {
            self.Refresh();
            var before = self.TotalProcessorTime;
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
            self.Refresh();
            if (self.TotalProcessorTime - before < TimeSpan.FromMilliseconds(100))
            {
                return;
            }
        }
    }

    private static long Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return Environment.WorkingSet;
    }
}
