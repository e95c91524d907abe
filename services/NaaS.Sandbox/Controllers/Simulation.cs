using System.Collections.Concurrent;
using NaaS.Sandbox.Controllers.Clusters;
using NaaS.Sandbox.Controllers.Network;
using NaaS.Sandbox.Controllers.Placements;
using NaaS.Sandbox.Controllers.Runtime;
using NaaS.Sandbox.Controllers.Works;
using NaaS.Sandbox.Controllers.Workloads;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers;

/// <summary>The controllers of the hub and of every simulated cluster, in one queue.</summary>
internal sealed class Simulation : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, SimulatedCluster> _clusters = new(StringComparer.Ordinal);
    private readonly SandboxOptions _options;
    private readonly ObjectStore _hub;
    private readonly ClusterAgents _agents = new();
    private readonly Clusterset _clusterset = new();
    private readonly ClusterController _clusterController;

    public Simulation(SandboxOptions options, ObjectStore hub)
    {
        _options = options;
        _hub = hub;
        Loop = new ReconcileLoop(options.TimeProvider, options.Logger, workers: 2);
        _clusterController = new ClusterController(Loop, hub, _clusters, options.Agents);
    }

    public ReconcileLoop Loop { get; }

    /// <summary>The simulated clusters by name; their faults are set here.</summary>
    public IReadOnlyDictionary<string, SimulatedCluster> Clusters => _clusters;

    /// <summary>Starts OCM's controllers on the hub. Disposing of the result stops them.</summary>
    public IDisposable StartHub() => new ControllerHost(
        _hub,
        [
            new ClusterSetController(Loop, _hub),
            new ClusterSetBindingController(Loop, _hub),
            _clusterController,
            new FaultController(Loop, _hub, _clusters),
            new PlacementController(Loop, _hub),
            _agents,
        ]);

    /// <summary>Joins a cluster to the hub and starts its agents and workload controllers. Disposing of the result stops them.</summary>
    public IDisposable StartCluster(SandboxCluster description, ObjectStore store)
    {
        var cluster = new SimulatedCluster(description, store, Loop);
        _clusters[description.Name] = cluster;
        cluster.FaultsChanged += () => _clusterController.Look(cluster.Name);
        ClusterSetup.Prepare(cluster);
        var registration = new RegistrationAgent(Loop, _hub, cluster, _options.Agents);
        var agent = new WorkAgent(Loop, _hub, cluster, _options.Agents);
        var host = new ControllerHost(
            store,
            [
                registration,
                .. agent.OnCluster,
                .. WorkloadControllers.Of(Loop, cluster, _options),
                new ExportController(Loop, cluster, _clusterset),
                new ImportController(Loop, cluster, _clusterset, _clusters),
            ]);
        _agents.Add(cluster.Name, registration, agent);
        return new Stopping(() =>
        {
            _agents.Remove(cluster.Name);
            host.Dispose();
            _clusters.TryRemove(description.Name, out _);
        });
    }

    /// <summary>Waits until the cluster is joined, available and no longer tainted, so that placements made now see it; not for one with ordered faults.</summary>
    public async Task UntilJoinedAsync(string cluster, CancellationToken cancellationToken)
    {
        var joined = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(WatchEvent happened)
        {
            if (happened.Object!.Type == Kinds.ManagedClusters && happened.Object.Name == cluster && IsSettled(happened.Object))
            {
                joined.TrySetResult();
            }
        }

        _hub.Changed += Look;
        try
        {
            if (_hub.Find(Kinds.ManagedClusters, null, cluster) is not { } there || !IsSettled(there))
            {
                await joined.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _hub.Changed -= Look;
        }
    }

    private static bool IsSettled(StoredObject cluster) => cluster.Deleting || (cluster.Read() is var tree
        && (ClusterHealth.IsWell(tree) || tree.Str("metadata", "annotations", FaultController.Annotation) is not null));

    /// <summary>Whether a pod reaches a host and port now.</summary>
    public Reach CanReach(string cluster, string ns, string pod, string host, int port) => new Reachability(_clusters).Ask(cluster, ns, pod, host, port);

    public ValueTask DisposeAsync() => Loop.DisposeAsync();

    private sealed class Stopping(Action stop) : IDisposable
    {
        public void Dispose() => stop();
    }
}
