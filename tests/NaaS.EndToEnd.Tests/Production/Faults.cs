using NaaS.Standalone.Serving;

namespace NaaS.EndToEnd.Tests.Production;

/// <summary>Two APIs, two workers and everything that can happen to them and to what they stand on. What is broken is made whole again.</summary>
internal sealed class Faults
{
    private readonly Installation naas;
    private readonly Random random;
    private readonly List<Executable> apis = [];
    private readonly List<Executable> workers = [];
    private readonly Dictionary<string, int> done = [];
    private readonly Dictionary<string, Func<Task>> kinds;

    private Faults(Installation naas, Random random)
    {
        (this.naas, this.random) = (naas, random);
        kinds = new()
        {
            ["worker killed"] = () => KillAsync(workers, async () => (await naas.StartWorkerAsync()).Process),
            ["API killed"] = KillApiAsync,
            ["RabbitMQ killed"] = () => naas.Servers.CrashAsync("rabbitmq", Token),
            ["PostgreSQL killed"] = () => naas.Servers.CrashAsync("postgres", Token),
            ["hub killed"] = () => naas.Hub.CrashAsync(Token),
            ["one stretch of network cut"] = CutOneAsync,
            ["a server cut off"] = CutAllAsync,
        };
    }

    /// <summary>Addresses of the APIs; they stay when one is killed and started again.</summary>
    public IReadOnlyList<Uri> Apis { get; } = [.. Enumerable.Range(0, 2).Select(_ => new Uri($"http://127.0.0.1:{AllInOne.FreePort()}"))];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<Faults> StartAsync(Installation naas, Random random)
    {
        var faults = new Faults(naas, random);
        foreach (var api in faults.Apis)
        {
            faults.apis.Add((await naas.StartApiAsync(api)).Process);
            faults.workers.Add((await naas.StartWorkerAsync()).Process);
        }

        return faults;
    }

    /// <summary>Every kind of fault once, in random order.</summary>
    public IEnumerable<Func<Task>> EachOnce()
    {
        var order = kinds.Keys.ToArray();
        random.Shuffle(order);
        return order.Select(kind => (Func<Task>)(() => DoAsync(kind)));
    }

    public Func<Task> AtRandom() => () => DoAsync(kinds.Keys.ElementAt(random.Next(kinds.Count)));

    public override string ToString() => string.Join(", ", done.Select(one => $"{one.Value} times {one.Key}"));

    private async Task DoAsync(string kind)
    {
        await Task.Delay(random.Next(1000), Token);
        done[kind] = done.GetValueOrDefault(kind) + 1;
        await kinds[kind]();
    }

    private async Task KillAsync(List<Executable> processes, Func<Task<Executable>> start)
    {
        var i = random.Next(processes.Count);
        await processes[i].KillAsync(Token);
        processes.RemoveAt(i);
        processes.Add(await start());
    }

    private async Task KillApiAsync()
    {
        var i = random.Next(apis.Count);
        await apis[i].KillAsync(Token);
        apis[i] = (await naas.StartApiAsync(Apis[i])).Process;
    }

    private async Task CutOneAsync()
    {
        var network = naas.Networks[random.Next(naas.Networks.Count)];
        // The last ones are of processes that live.
        var stretches = network.Stretches.TakeLast(4).ToList();
        var stretch = stretches[random.Next(stretches.Count)];
        stretch.Cut();
        await Task.Delay(random.Next(5000), Token);
        stretch.Mend();
    }

    private async Task CutAllAsync()
    {
        var network = naas.Networks[random.Next(naas.Networks.Count)];
        network.Cut();
        await Task.Delay(random.Next(5000), Token);
        network.Mend();
    }
}
