using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Lifecycle;

/// <summary>Deletes the objects of a CustomResourceDefinition that is being deleted, then lets it go.</summary>
internal sealed class DefinitionKeeper(ObjectStore store) : IController
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc/>
    public string Name => $"definition keeper of {store.Name}";

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var watch = store.Watch(Kinds.CustomResourceDefinitions);
        var leaving = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            while (watch.Events.TryRead(out var happened))
            {
                if (happened.Type != WatchEventType.Deleted && happened.Object!.Deleting)
                {
                    leaving.Add(happened.Object.Name);
                }
            }
            leaving.RemoveWhere(TryFinish);
            await watch.WaitAsync(leaving.Count == 0 ? Timeout.InfiniteTimeSpan : Retry, TimeProvider.System, cancellationToken);
        }
    }

    private bool TryFinish(string name)
    {
        if (!store.TryFind(Kinds.CustomResourceDefinitions, null, name, out var definition))
        {
            return true;
        }
        var json = definition.Read();
        if (store.FindType(json.Str("spec", "group") ?? "", json.Str("spec", "names", "plural") ?? "") is { } type)
        {
            foreach (var item in store.List(type).Items.Where(i => !i.Deleting))
            {
                store.Delete(type, item.Namespace, item.Name);
            }
            if (store.Count(type) > 0)
            {
                return false;
            }
        }
        store.Edit(Kinds.CustomResourceDefinitions, null, name, current =>
        {
            current.Obj("metadata")!.Remove("finalizers");
            return true;
        });
        return true;
    }
}
