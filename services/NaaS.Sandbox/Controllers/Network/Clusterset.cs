using System.Collections.Concurrent;

namespace NaaS.Sandbox.Controllers.Network;

/// <summary>Which clusters export which Services: what the broker of a clusterset knows.</summary>
internal sealed class Clusterset
{
    private readonly ConcurrentDictionary<(string Namespace, string Name), ConcurrentDictionary<string, byte>> _exports = [];

    /// <summary>Told of a Service whose exports changed.</summary>
    public event Action<string, string>? Changed;

    public void Set(string cluster, string ns, string name, bool exported)
    {
        var clusters = _exports.GetOrAdd((ns, name), _ => new ConcurrentDictionary<string, byte>(StringComparer.Ordinal));
        if (exported ? clusters.TryAdd(cluster, 0) : clusters.TryRemove(cluster, out _))
        {
            Changed?.Invoke(ns, name);
        }
    }

    /// <summary>The clusters that export the Service, by name.</summary>
    public IReadOnlyList<string> Exporters(string ns, string name) =>
        _exports.TryGetValue((ns, name), out var clusters) ? [.. clusters.Keys.Order(StringComparer.Ordinal)] : [];

    /// <summary>The Services of a namespace that some cluster exports.</summary>
    public IEnumerable<string> ExportedIn(string ns) => _exports.Where(export => export.Key.Namespace == ns && !export.Value.IsEmpty).Select(export => export.Key.Name);
}
