using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Tests.Controllers;

/// <summary>A hub with simulated clusters and their controllers, without HTTP.</summary>
internal sealed class SimulatedHub : IAsyncDisposable
{
    private readonly List<IDisposable> _running = [];
    private readonly SemaphoreSlim _changed = new(0);
    private readonly SandboxOptions _options;
    private readonly ControllerLog _log = new();

    private SimulatedHub(SandboxOptions options)
    {
        _options = options;
        Hub = Server("hub", Kinds.OnHub);
        Simulation = new Simulation(options, Hub, _log);
        Hub.Create(Kinds.Namespaces, Kinds.Namespaces.New(null, "orch"));
        _running.Add(Simulation.StartHub());
    }

    public ObjectStore Hub { get; }

    public Simulation Simulation { get; }

    public Dictionary<string, ObjectStore> Clusters { get; } = [];

    /// <summary>A hub with the default three clusters (or those of the options), all joined, and the set default bound in namespace orch.</summary>
    public static async Task<SimulatedHub> StartAsync(SandboxOptions? options = null)
    {
        var hub = new SimulatedHub(options ?? new SandboxOptions());
        foreach (var cluster in hub._options.Clusters)
        {
            hub.Join(cluster);
        }

        hub.Bind("default");
        foreach (var cluster in hub._options.Clusters)
        {
            await hub.Until(() => hub.Read(Kinds.ManagedClusters, null, cluster.Name).ConditionIsTrue("ManagedClusterConditionAvailable"), $"{cluster.Name} is available");
        }

        return hub;
    }

    public ObjectStore Join(SandboxCluster cluster)
    {
        var store = Clusters[cluster.Name] = Server(cluster.Name, Kinds.OnCluster);
        _running.Add(Simulation.StartCluster(cluster, store));
        return store;
    }

    public void Bind(string set, string ns = "orch")
    {
        var binding = Kinds.ManagedClusterSetBindings.New(ns, set);
        binding["spec"] = new JsonObject { ["clusterSet"] = set };
        Hub.Create(Kinds.ManagedClusterSetBindings, binding);
    }

    public JsonObject? Read(ResourceType type, string? ns, string name, string? cluster = null) =>
        (cluster is null ? Hub : Clusters[cluster]).Find(type, ns, name)?.Read();

    /// <summary>Creates the YAML-like JSON given as text.</summary>
    public StoredObject Create(string json, string? cluster = null)
    {
        var store = cluster is null ? Hub : Clusters[cluster];
        var tree = JsonNode.Parse(json)!.AsObject();
        return store.Create(store.FindKind(tree.Str("apiVersion")!, tree.Kind())!, tree);
    }

    /// <summary>Waits until the condition holds; looks again whenever anything changes on any server.</summary>
    public async Task Until(Func<bool> condition, string what, int seconds = 10)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        try
        {
            while (!condition())
            {
                await _changed.WaitAsync(patience.Token);
            }
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"Not within {seconds} s: {what}\n{_log}\n{Describe()}");
        }
    }

    /// <summary>Waits until the text is the wanted one, and shows the difference where it never is.</summary>
    public async Task UntilSame(Func<string> now, string wanted)
    {
        try
        {
            await Until(() => now() == wanted, "it is as wanted", seconds: 5);
        }
        catch (Exception) when (now() != wanted)
        {
            now().ShouldBe(wanted);
        }
    }

    private string Describe() => string.Join('\n', Clusters.Values.Prepend(Hub).SelectMany(store => store.Types
        .Where(type => type == Kinds.Pods || type == Kinds.Deployments || type == Kinds.ReplicaSets || type == Kinds.ManifestWorks || type == Kinds.Placements)
        .SelectMany(type => store.List(type).Read().Select(item => $"{store.Name} {item.Kind()} {item.Name()}: {item["status"]?.ToJsonString()}"))));

    public async ValueTask DisposeAsync()
    {
        _running.ForEach(running => running.Dispose());
        await Simulation.DisposeAsync();
        _changed.Dispose();
        _log.Errors.Take(3).ShouldBeEmpty();
    }

    private ObjectStore Server(string name, IEnumerable<ResourceType> more)
    {
        var store = new ObjectStore(name, [.. Kinds.Everywhere, .. more], _options.TimeProvider);
        store.Changed += _ =>
        {
            try
            {
                _changed.Release();
            }
            catch (ObjectDisposedException)
            {
                // The test is over.
            }
        };
        return store;
    }
}
