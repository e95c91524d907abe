using System.Text.Json.Nodes;

namespace NaaS.Fulfilment.Bundle;

/// <summary>Third step of fulfilment: a release becomes components.</summary>
internal static class Bundler
{
    private static readonly HashSet<string> Workloads = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob", "Pod"];

    /// <summary>Splits the release's objects, CRDs first. Nothing is left out: what no component needs is among the leftovers.</summary>
    public static ReleaseBundle Bundle(Guid serviceId, IReadOnlyList<JsonObject> objects)
    {
        var keys = objects.Select(ObjectKey.Of).ToList();
        IReadOnlyList<Component> components =
        [
            .. keys.Where(key => Workloads.Contains(key.Kind)).Select(key => new Component(ComponentId.Of(serviceId, key), key, [key], key.Kind == "StatefulSet")),
        ];
        var taken = components.SelectMany(component => component.Objects).ToHashSet();
        return new(objects, components, [.. keys.Where(key => !taken.Contains(key))]);
    }
}
