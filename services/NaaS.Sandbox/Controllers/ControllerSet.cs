namespace NaaS.Sandbox.Controllers;

/// <summary>Which controllers run on which server.</summary>
internal static class ControllerSet
{
    /// <summary>Those of the hub, started once.</summary>
    public static IEnumerable<IController> ForHub(World world) =>
        [new Running("hub controllers", world.Simulation.StartHub)];

    /// <summary>Those of one managed cluster, its agents among them, started when the cluster is added.</summary>
    public static IEnumerable<IController> ForCluster(World world, SandboxCluster cluster, ApiServer server) =>
        [new Running($"controllers of {cluster.Name}", () => world.Simulation.StartCluster(cluster, server.Store))];

    /// <summary>Controllers that live in the shared queue: started, and stopped when cancelled.</summary>
    private sealed class Running(string name, Func<IDisposable> start) : IController
    {
        public string Name { get; } = name;

        public async Task RunAsync(CancellationToken cancellationToken)
        {
            using var started = start();
            var stopped = new TaskCompletionSource();
            await using (cancellationToken.Register(stopped.SetResult).ConfigureAwait(false))
            {
                await stopped.Task.ConfigureAwait(false);
            }
        }
    }
}
