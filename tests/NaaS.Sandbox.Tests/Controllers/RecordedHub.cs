using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers;
using NaaS.Sandbox.Controllers.Clusters;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Tests.Controllers;

/// <summary>A hub with clusters like those of the recordings: cluster1 and cluster2 in the eu, cluster3 in the us.</summary>
internal static class RecordedHub
{
    private static readonly (string Name, string Region, string Gpu, string Cpu, string Memory)[] Clusters =
        [("cluster1", "eu", "true", "8", "32Gi"), ("cluster2", "eu", "false", "4", "16Gi"), ("cluster3", "us", "false", "16", "64Gi")];

    public static async Task<SimulatedHub> StartAsync(AgentOptions? agents = null)
    {
        var hub = await SimulatedHub.StartAsync(new SandboxOptions
        {
            Agents = agents ?? new AgentOptions { Restricted = true },
            Clusters = [.. Clusters.Select(cluster => new SandboxCluster(
                cluster.Name,
                new Dictionary<string, string> { ["region"] = cluster.Region, ["tier"] = "edge" },
                new Dictionary<string, string> { ["p2code.filter.gpu"] = cluster.Gpu }))],
        });
        foreach (var cluster in Clusters)
        {
            hub.Clusters[cluster.Name].EditStatus(Kinds.Nodes, null, ClusterSetup.NodeName(cluster.Name), status =>
            {
                foreach (var amount in (string[])["capacity", "allocatable"])
                {
                    status[amount] = new JsonObject { ["cpu"] = cluster.Cpu, ["memory"] = cluster.Memory, ["pods"] = "110" };
                }
            });
            await hub.Until(() => hub.Read(Kinds.ManagedClusters, null, cluster.Name).Str("status", "allocatable", "cpu") == cluster.Cpu, "the capacity is known");
        }

        foreach (var name in (string[])["orch2", "orch6", "nobind"])
        {
            hub.Hub.CreateIfMissing(Kinds.Namespaces, Kinds.Namespaces.New(null, name));
        }

        hub.Bind("ghost");
        hub.Bind("default", "orch2");
        hub.Bind("global", "orch2");
        hub.Bind("default", "orch6");
        return hub;
    }
}
