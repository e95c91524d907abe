using System.Text.Json.Nodes;
using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Deliver;
using NaaS.Fulfilment.Observe;
using NaaS.Fulfilment.Storage;

namespace NaaS.Fulfilment.Reconcile;

/// <summary>Frees StatefulSets from a pod of an earlier revision that is broken: it is taken over by the work, then left, and so deleted.</summary>
internal static class Unblocking
{
    /// <summary>The next step; null where nothing blocks.</summary>
    public static NextStep? Next(Situation situation, Revision current, Delivery delivery) =>
        delivery.Works.Select(work => Next(situation, current, delivery, work)).FirstOrDefault(step => step is not null);

    private static NextStep? Next(Situation situation, Revision current, Delivery delivery, WorkManifest work)
    {
        if (situation.Works.GetValueOrDefault(new(work.Cluster, work.Name)) is not { Deleting: false } there)
        {
            return null;
        }

        if (BlockingPod.TakenBy(there.Spec) is { } taken)
        {
            var isTaken = there.Applied || there.Objects.GetValueOrDefault(taken)?.Problem is not null;
            return isTaken
                ? new NextStep.WriteWorks(delivery.Ledger, [BlockingPod.Left(work, taken)])
                : new NextStep.Wait(current.Deadline);
        }

        if (!JsonCover.IsSpec(there.Spec, work.Spec))
        {
            // Left, but not deleted yet: reading it again now would keep it.
            return !there.Applied && work.Spec["workload"]!["manifests"]!.AsArray().OfType<JsonObject>().Select(ObservedPod.Of).OfType<JsonObject>()
                .Any(pod => JsonCover.IsSpec(there.Spec, BlockingPod.Left(work, ObjectKey.Of(pod)).Spec))
                ? new NextStep.Wait(current.Deadline)
                : null;
        }

        return work.Spec["workload"]!["manifests"]!.AsArray().OfType<JsonObject>()
            .Where(o => ObjectKey.Of(o) is { Group: "apps", Kind: "StatefulSet" })
            .Select(o => Blocking(current, delivery, work, there, o))
            .OfType<ObjectKey>()
            .Select(pod => new NextStep.WriteWorks(delivery.Ledger, [BlockingPod.Taken(work, pod)]))
            .FirstOrDefault();
    }

    // Updates go from the highest ordinal down, so the first pods are of the wanted revision already and the next one is the broken one. While a new
    // revision rolls out that is certain for a single pod only.
    private static ObjectKey? Blocking(Revision current, Delivery delivery, WorkManifest work, DeliveredWork there, JsonObject set)
    {
        var key = ObjectKey.Of(set);
        var status = there.Objects.GetValueOrDefault(key) ?? ObjectStatus.Unknown;
        var wanted = status.Number("wanted") ?? 1;
        var isBelieved = there.Applied
            && status.Number("revision") == delivery.Ledger.Entries.GetValueOrDefault((work.Cluster, key))?.Number
            && status.Number("observedGeneration") == status.Number("generation");
        var isStuck = status.Count("replicas") == wanted && status.Count("ready") < wanted && status.Count("updated") < wanted;
        var isCertain = current.Stage == RevisionStage.Restoring
            || (wanted == 1 && there.Objects.GetValueOrDefault(ObservedPod.KeyFor(key))?.Text("waiting") is { Length: > 0 });
        var first = (long?)set["spec"]?["ordinals"]?["start"] ?? 0;
        return isBelieved && isStuck && isCertain ? new("", "Pod", key.Namespace, $"{key.Name}-{first + status.Count("updated")}") : null;
    }
}
