using NaaS.ClusterHub.Clusters;
using NaaS.ClusterHub.Connection;
using NaaS.ClusterHub.Objects;

namespace NaaS.ClusterHub.Tests;

/// <summary>Sandboxes whose three clusters have joined.</summary>
internal static class Sandboxes
{
    public static async Task<(Sandbox.Sandbox Sandbox, HubClient Hub)> StartAsync()
    {
        var token = TestContext.Current.CancellationToken;
        var sandbox = await NaaS.Sandbox.Sandbox.StartAsync(new(), token);
        var hub = new HubClient(HubConnection.Open(new() { Url = sandbox.Hub.ToString() }));
        while ((await hub.ClustersAsync(token)).Values.Count(cluster => cluster is { Available: true, Taints.Count: 0 }) < 3)
        {
            await Task.Delay(10, token);
        }

        return (sandbox, hub);
    }
}
