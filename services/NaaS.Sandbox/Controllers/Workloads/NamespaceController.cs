using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Controllers.Runtime;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Workloads;

/// <summary>Empties a namespace that is being deleted, and lets it go once it is empty.</summary>
internal sealed class NamespaceController(ReconcileLoop loop, ObjectStore store) : Controller
{
    private readonly ConcurrentDictionary<string, byte> _terminating = new(StringComparer.Ordinal);

    public override IReadOnlyList<ResourceType>? Watches => null;

    public override void Observe(WatchEvent happened)
    {
        var changed = happened.Object!;
        if (changed.Type == Kinds.Namespaces)
        {
            if (changed.Deleting && happened.Type != WatchEventType.Deleted)
            {
                _terminating[changed.Name] = 0;
                loop.Enqueue(this, "", changed.Name);
            }
            else
            {
                _terminating.TryRemove(changed.Name, out _);
            }
        }
        else if (happened.Type == WatchEventType.Deleted && _terminating.ContainsKey(changed.Namespace))
        {
            loop.Enqueue(this, "", changed.Namespace);
        }
    }

    public override void Reconcile(string ns, string name)
    {
        if (store.Find(Kinds.Namespaces, null, name) is not { Deleting: true })
        {
            return;
        }

        var left = Content(name);
        foreach (var item in left.Where(item => !item.Deleting))
        {
            store.DeleteIfThere(item.Type, name, item.Name, new DeleteOptions { Propagation = Propagation.Background });
        }

        if (Content(name).Count == 0)
        {
            store.EditIfThere(Kinds.Namespaces, null, name, tree =>
            {
                tree.Need("spec")["finalizers"] = new JsonArray();
                return true;
            });
        }
    }

    private List<StoredObject> Content(string name) =>
        [.. store.Types.Where(type => type.Namespaced).ToList().SelectMany(type => store.List(type, name).Items)];
}
