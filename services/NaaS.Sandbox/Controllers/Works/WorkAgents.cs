using System.Collections.Concurrent;
using NaaS.Sandbox.Controllers.Runtime;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Works;

/// <summary>Passes a ManifestWork's changes to the agent of its cluster.</summary>
internal sealed class WorkAgents : Controller
{
    private readonly ConcurrentDictionary<string, WorkAgent> _agents = new(StringComparer.Ordinal);

    public override IReadOnlyList<ResourceType> Watches => [Kinds.ManifestWorks];

    public void Add(WorkAgent agent)
    {
        _agents[agent.Cluster] = agent;
        agent.LookAtAll();
    }

    public void Remove(WorkAgent agent) => _agents.TryRemove(agent.Cluster, out _);

    public override void Observe(WatchEvent happened)
    {
        if (_agents.TryGetValue(happened.Object!.Namespace, out var agent))
        {
            agent.WorkChanged(happened);
        }
    }

    public override void Reconcile(string ns, string name)
    {
    }
}
