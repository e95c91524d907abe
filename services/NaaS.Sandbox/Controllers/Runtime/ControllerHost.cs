using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Runtime;

/// <summary>Tells the controllers of one API server what happens in its store; at the start, of everything that is there.</summary>
internal sealed class ControllerHost : IDisposable
{
    private readonly ObjectStore _store;
    private readonly Dictionary<string, Controller[]> _byType;
    private readonly Controller[] _ofAll;

    public ControllerHost(ObjectStore store, IReadOnlyList<Controller> controllers)
    {
        _store = store;
        _ofAll = [.. controllers.Where(controller => controller.Watches is null)];
        _byType = controllers
            .Where(controller => controller.Watches is not null)
            .SelectMany(controller => controller.Watches!.Select(type => (type.GroupResource, Controller: controller)))
            .GroupBy(pair => pair.GroupResource, pair => pair.Controller)
            .ToDictionary(group => group.Key, group => group.Concat(_ofAll).ToArray());
        store.Changed += Observe;
        foreach (var there in store.Types.ToList().SelectMany(type => store.List(type).Items))
        {
            Observe(new WatchEvent(WatchEventType.Added, there.ResourceVersion, there));
        }
    }

    public void Dispose() => _store.Changed -= Observe;

    private void Observe(WatchEvent happened)
    {
        foreach (var controller in _byType.GetValueOrDefault(happened.Object!.Type.GroupResource, _ofAll))
        {
            controller.Observe(happened);
        }
    }
}
