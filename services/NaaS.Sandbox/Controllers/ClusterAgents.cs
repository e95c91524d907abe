using System.Collections.Concurrent;
using NaaS.Sandbox.Controllers.Clusters;
using NaaS.Sandbox.Controllers.Runtime;
using NaaS.Sandbox.Controllers.Works;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers;

/// <summary>Passes what happens on the hub to the agents of the cluster that it concerns, so that a thousand agents need not listen each.</summary>
internal sealed class ClusterAgents : Controller
{
    private readonly ConcurrentDictionary<string, (RegistrationAgent Registration, WorkAgent Work)> _agents = new(StringComparer.Ordinal);

    public override IReadOnlyList<ResourceType> Watches => [Kinds.ManifestWorks, Kinds.Namespaces];

    public void Add(string cluster, RegistrationAgent registration, WorkAgent work)
    {
        _agents[cluster] = (registration, work);
        registration.Look();
        work.LookAtAll();
    }

    public void Remove(string cluster) => _agents.TryRemove(cluster, out _);

    public override void Observe(WatchEvent happened)
    {
        var changed = happened.Object!;
        if (changed.Type == Kinds.ManifestWorks)
        {
            if (_agents.TryGetValue(changed.Namespace, out var agents))
            {
                agents.Work.WorkChanged(happened);
            }
        }
        else if (happened.Type == WatchEventType.Added && _agents.TryGetValue(changed.Name, out var agents))
        {
            agents.Registration.Look();
        }
    }

    public override void Reconcile(string ns, string name)
    {
    }
}
