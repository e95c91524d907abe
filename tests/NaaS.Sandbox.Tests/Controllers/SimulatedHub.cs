using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Tests.Controllers;

/// <summary>A sandbox, looked at through its stores.</summary>
internal sealed class SimulatedHub : IAsyncDisposable
{
    private readonly SemaphoreSlim _changed = new(0);
    private readonly ControllerLog _log;
    private readonly Sandbox _sandbox;

    private SimulatedHub(Sandbox sandbox, ControllerLog log)
    {
        _sandbox = sandbox;
        _log = log;
        Hub.CreateIfMissing(Kinds.Namespaces, Kinds.Namespaces.New(null, "orch"));
        foreach (var store in Clusters.Values.Prepend(Hub))
        {
            store.Changed += _ => Changed();
        }

        foreach (var cluster in Simulation.Clusters.Values)
        {
            cluster.FaultsChanged += Changed;
        }
    }

    public Sandbox Sandbox => _sandbox;

    public ObjectStore Hub => _sandbox.World.Hub.Store;

    public Simulation Simulation => _sandbox.World.Simulation;

    public IReadOnlyDictionary<string, ObjectStore> Clusters => _sandbox.World.Clusters.ToDictionary(pair => pair.Key, pair => pair.Value.Store);

    /// <summary>A sandbox with the default three clusters (or those of the options), all joined, and the set default bound in namespace orch.</summary>
    public static async Task<SimulatedHub> StartAsync(SandboxOptions? options = null)
    {
        var log = new ControllerLog();
        options = (options ?? new SandboxOptions()) with { Logger = log };
        var hub = new SimulatedHub(await Sandbox.StartAsync(options), log);
        hub.Bind("default");
        foreach (var cluster in options.Clusters)
        {
            await hub.Until(
                () => hub.Read(Kinds.ManagedClusters, null, cluster.Name) is { } joined && joined.ConditionIsTrue("ManagedClusterConditionAvailable")
                    && !joined.Items("spec", "taints").Any(),
                $"{cluster.Name} is available and untainted");
        }

        await hub.Until(() => hub.Hub.Count(Kinds.ManagedClusterSets) == 2, "the sets are there");
        return hub;
    }

    public void Bind(string set, string ns = "orch")
    {
        var binding = Kinds.ManagedClusterSetBindings.New(ns, set);
        binding["spec"] = new JsonObject { ["clusterSet"] = set };
        Hub.CreateIfMissing(Kinds.ManagedClusterSetBindings, binding);
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
                // A test's own listener hears of a change after this one, so a look now and then is needed too.
                await _changed.WaitAsync(TimeSpan.FromMilliseconds(50), patience.Token);
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
        await _sandbox.DisposeAsync();
        _log.Errors.Take(3).ShouldBeEmpty();
    }

    private void Changed() => _changed.Release();
}
