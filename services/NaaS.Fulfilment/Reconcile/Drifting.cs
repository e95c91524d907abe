using System.Globalization;
using System.Text.Json.Nodes;
using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Deliver;
using NaaS.Fulfilment.Observe;

namespace NaaS.Fulfilment.Reconcile;

/// <summary>
/// Sees what somebody else changed, and puts it right. By itself an agent looks at its objects every five minutes or so; a changed label of the work makes
/// it apply them at once.
/// </summary>
internal static class Drifting
{
    private const int Seconds = 15;

    /// <summary>Writes works again that were changed or deleted on the hub.</summary>
    public static NextStep.Repair OnHub(Situation situation, IReadOnlyList<WorkManifest> works)
    {
        var what = works.Select(work =>
            $"ManifestWork {work.Name} of {work.Cluster} was {(situation.Works.GetValueOrDefault(new(work.Cluster, work.Name)) is null ? "deleted" : "changed")}");
        return new(works, null, string.Join("; ", what));
    }

    /// <summary>Has agents apply works again whose objects are not on the cluster as delivered; null where all are.</summary>
    public static NextStep? OnClusters(Situation situation, Delivery delivery)
    {
        var mark = (situation.Now.ToUnixTimeSeconds() / Seconds).ToString(CultureInfo.InvariantCulture);
        var drifted = delivery.Works
            .Select(work => (Work: work, There: situation.Works.GetValueOrDefault(new(work.Cluster, work.Name))))
            .Where(work => work.There is { Applied: true, Deleting: false } && work.There.Mark != mark && !situation.Silent.Contains(work.Work.Cluster))
            .Select(work => (work.Work, What: Differences(delivery, work.Work, work.There!)))
            .Where(work => work.What.Count > 0)
            .ToList();
        if (drifted.Count == 0)
        {
            return null;
        }

        // While an agent takes away what a change left over, all of its work seems missing for a moment.
        return situation.Current?.ConcludedAt + situation.Tolerance is { } settled && situation.Now < settled
            ? new NextStep.Wait(settled)
            : new NextStep.Repair([.. drifted.Select(work => work.Work)], mark, string.Join("; ", drifted.SelectMany(work => work.What)));
    }

    private static List<string> Differences(Delivery delivery, WorkManifest work, DeliveredWork there) =>
    [
        .. from o in delivery.Objects[work.Cluster]
           let key = ObjectKey.Of(o)
           where there.Objects.ContainsKey(key) && delivery.Ledger.Entries.ContainsKey((work.Cluster, key))
           let difference = Difference(o, key, delivery.Ledger.Entries[(work.Cluster, key)].Number, there.Objects[key])
           where difference is not null
           select $"{key} on {work.Cluster} {difference}",
    ];

    private static string? Difference(JsonObject o, ObjectKey key, long number, ObjectStatus status)
    {
        if (status.Problem is not null)
        {
            return "is missing";
        }

        if (Feedback.Of(key) is null || status.Values.Count == 0)
        {
            return null;
        }

        if (number > 0 && status.Number("generation") is not null && status.Number("revision") != number)
        {
            return "was overwritten";
        }

        return key.Group == "apps" && o["spec"]?["replicas"] is JsonValue replicas && status.Text("wanted") is { } wanted && wanted != replicas.ToJsonString()
            ? $"has {wanted} replicas instead of {replicas.ToJsonString()}"
            : null;
    }
}
