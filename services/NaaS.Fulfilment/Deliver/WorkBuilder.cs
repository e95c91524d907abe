using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using NaaS.ClusterHub.Objects;
using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Observe;

namespace NaaS.Fulfilment.Deliver;

/// <summary>Builds ManifestWorks from objects that have their part and number.</summary>
internal static class WorkBuilder
{
    /// <summary>Helm's annotation for an object that outlives its release, where it says <c>keep</c>.</summary>
    public const string KeepPolicy = "helm.sh/resource-policy";

    // Room for the annotation and for our share of a work's frame.
    private const int Overhead = 64;

    /// <summary>The works of a service: for each cluster one, or more where one would be too large. Namespaces stand in each.</summary>
    public static IReadOnlyList<WorkManifest> Build(Guid serviceId, IReadOnlyDictionary<string, IReadOnlyList<JsonObject>> wanted, Ledger ledger)
    {
        var works = new List<WorkManifest>();
        foreach (var (cluster, objects) in wanted.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var namespaces = objects.Where(IsNamespace).ToList();
            var parts = objects.Where(o => !IsNamespace(o)).GroupBy(o => ledger.Entries[(cluster, ObjectKey.Of(o))].Part);
            works.AddRange(parts.OrderBy(part => part.Key).Select(part =>
                new WorkManifest(cluster, WorkNames.Work(serviceId, part.Key), serviceId, Spec(serviceId, [.. namespaces, .. part], Number, Watched))));

            long Number(ObjectKey key) => ledger.Entries[(cluster, key)].Number;
            bool Watched(ObjectKey key) => ledger.Entries[(cluster, key)].Watched;
        }

        return works;
    }

    /// <summary>The spec of a work with these objects.</summary>
    /// <param name="serviceId">The service.</param>
    /// <param name="objects">The objects.</param>
    /// <param name="number">Apply number of each.</param>
    /// <param name="watched">Whether its status is watched, where it is read.</param>
    public static JsonObject Spec(Guid serviceId, IReadOnlyList<JsonObject> objects, Func<ObjectKey, long> number, Func<ObjectKey, bool> watched)
    {
        var plurals = new Plurals(objects);
        var pods = objects.Select(o => (Pod: ObservedPod.Of(o), Watched: watched(ObjectKey.Of(o))))
            .Where(one => one.Pod is not null && !objects.Any(o => ObjectKey.Of(o) == ObjectKey.Of(one.Pod)))
            .ToList();
        var spec = new JsonObject
        {
            ["workload"] = new JsonObject { ["manifests"] = new JsonArray([.. objects.Select(o => Numbered(o, number(ObjectKey.Of(o)))), .. pods.Select(one => one.Pod)]) },
            ["manifestConfigs"] = new JsonArray([.. objects.Select(o => Config(serviceId, o, plurals, watched)), .. pods.Select(one => ObservedPod.Config(one.Pod!, one.Watched))]),
        };
        var kept = objects.Where(IsKept).Select(o => Identifier(o, plurals)).ToArray<JsonNode>();
        spec["deleteOption"] = kept.Length == 0
            ? new JsonObject { ["propagationPolicy"] = "Foreground" }
            : new JsonObject
            {
                ["propagationPolicy"] = "SelectivelyOrphan",
                ["selectivelyOrphans"] = new JsonObject { ["orphaningRules"] = new JsonArray(kept) },
            };
        return spec;
    }

    /// <summary>Bytes that an object takes in a work.</summary>
    public static int SizeOf(JsonObject o) => Encoding.UTF8.GetByteCount(o.ToJsonString()) + Overhead;

    private static bool IsNamespace(JsonObject o) => (string?)o["kind"] == "Namespace" && (string?)o["apiVersion"] == "v1";

    /// <summary>Whether the object outlives its work. CRDs do: every custom resource of the cluster would go with them.</summary>
    public static bool IsKept(JsonObject o) =>
        Ledger.IsDefinition(ObjectKey.Of(o)) || (string?)o["metadata"]?["annotations"]?[KeepPolicy] == "keep";

    private static JsonObject Numbered(JsonObject o, long number)
    {
        var copy = (JsonObject)o.DeepClone();
        if (number > 0)
        {
            var metadata = copy["metadata"]!.AsObject();
            var annotations = metadata["annotations"] as JsonObject ?? [];
            metadata["annotations"] = annotations.Parent is null ? annotations : annotations.DeepClone();
            metadata["annotations"]![HubLabels.Revision] = number.ToString(CultureInfo.InvariantCulture);
        }

        return copy;
    }

    private static JsonObject Config(Guid serviceId, JsonObject o, Plurals plurals, Func<ObjectKey, bool> watched)
    {
        var config = new JsonObject
        {
            ["resourceIdentifier"] = Identifier(o, plurals),
            ["updateStrategy"] = new JsonObject
            {
                ["type"] = "ServerSideApply",
                ["serverSideApply"] = new JsonObject { ["force"] = true, ["fieldManager"] = $"work-agent-{serviceId:N}" },
            },
        };
        if (Feedback.Of(ObjectKey.Of(o)) is { } feedback)
        {
            config["feedbackScrapeType"] = feedback.Watch && watched(ObjectKey.Of(o)) ? "Watch" : "Poll";
            config["feedbackRules"] = new JsonArray(new JsonObject { ["type"] = "JSONPaths", ["jsonPaths"] = feedback.Paths() });
        }

        return config;
    }

    private static JsonObject Identifier(JsonObject o, Plurals plurals)
    {
        var key = ObjectKey.Of(o);
        var identifier = new JsonObject { ["group"] = key.Group, ["resource"] = plurals.Of(key), ["name"] = key.Name };
        if (key.Namespace.Length > 0)
        {
            identifier["namespace"] = key.Namespace;
        }

        return identifier;
    }
}
