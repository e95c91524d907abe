using NaaS.ClusterHub.Clusters;
using NaaS.ClusterHub.Objects;

namespace NaaS.Fulfilment.Reconcile;

/// <summary>The hub's clusters, asked for once for all services that look at about the same time.</summary>
internal sealed class ClusterList(HubClient hub, TimeProvider time) : IDisposable
{
    // Instants from the database are cut to milliseconds.
    private static readonly TimeSpan Grain = TimeSpan.FromMilliseconds(1);
    private readonly SemaphoreSlim asking = new(1, 1);
    private IReadOnlyDictionary<string, ManagedCluster> clusters = new Dictionary<string, ManagedCluster>();
    private DateTimeOffset asked;

    /// <summary>The clusters as they were at <paramref name="since"/> or later: services that one event woke share one answer.</summary>
    public async Task<IReadOnlyDictionary<string, ManagedCluster>> GetAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        await asking.WaitAsync(cancellationToken);
        try
        {
            if (asked <= since + Grain)
            {
                var now = time.GetUtcNow();
                clusters = await hub.ClustersAsync(cancellationToken);
                asked = now;
            }

            return clusters;
        }
        finally
        {
            asking.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => asking.Dispose();
}
