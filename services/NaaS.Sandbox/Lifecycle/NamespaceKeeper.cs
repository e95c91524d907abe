using System.Text.Json.Nodes;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Lifecycle;

/// <summary>Gives each namespace its service account, and empties namespaces that are being deleted until they can go.</summary>
internal sealed class NamespaceKeeper(ObjectStore store) : IController
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc/>
    public string Name => $"namespace keeper of {store.Name}";

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var watch = store.Watch(Kinds.Namespaces);
        var terminating = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            while (watch.Events.TryRead(out var happened))
            {
                See(happened, terminating);
            }
            terminating.RemoveWhere(TryEmpty);
            // Objects with finalizers leave in their own time, and there is no one kind to watch for it.
            await watch.WaitAsync(terminating.Count == 0 ? Timeout.InfiniteTimeSpan : Retry, TimeProvider.System, cancellationToken);
        }
    }

    private void See(WatchEvent happened, HashSet<string> terminating)
    {
        var ns = happened.Object!;
        if (happened.Type == WatchEventType.Deleted)
        {
            terminating.Remove(ns.Name);
        }
        else if (ns.Deleting)
        {
            terminating.Add(ns.Name);
        }
        else if (happened.Type == WatchEventType.Added && store.Find(Kinds.ServiceAccounts, ns.Name, "default") is null)
        {
            Quietly(() => store.Create(Kinds.ServiceAccounts, new JsonObject { ["metadata"] = new JsonObject { ["name"] = "default", ["namespace"] = ns.Name } }));
        }
    }

    /// <summary>Deletes what is inside; true once the namespace is gone.</summary>
    private bool TryEmpty(string name)
    {
        var left = 0;
        foreach (var type in store.Types.Where(t => t.Namespaced).ToList())
        {
            foreach (var item in store.List(type, name).Items)
            {
                left++;
                if (!item.Deleting)
                {
                    Quietly(() => store.Delete(type, name, item.Name));
                }
            }
        }
        if (left > 0 && store.Types.Where(t => t.Namespaced).Any(t => store.List(t, name).Items.Count > 0))
        {
            return false;
        }
        Quietly(() => store.Edit(Kinds.Namespaces, null, name, json =>
        {
            json.Need("spec")["finalizers"] = new JsonArray();
            return true;
        }));
        return store.Find(Kinds.Namespaces, null, name) is null;
    }

    private static void Quietly(Action action)
    {
        try
        {
            action();
        }
        catch (ApiStatusException passing) when (passing.Code is 403 or 404 or 409)
        {
            // The object or its namespace went, or changed: the next round sees it.
        }
    }
}
