using System.Text.Json.Nodes;
using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Deliver;
using NaaS.Fulfilment.Observe;

namespace NaaS.Fulfilment.Reconcile;

/// <summary>The works that bring a design to its clusters, and how their objects fare.</summary>
/// <param name="Objects">Objects by cluster.</param>
/// <param name="Ledger">Ledger in which each has its part and number.</param>
/// <param name="Works">The works.</param>
internal sealed record Delivery(IReadOnlyDictionary<string, IReadOnlyList<JsonObject>> Objects, Ledger Ledger, IReadOnlyList<WorkManifest> Works)
{
    /// <summary>The delivery of <paramref name="next"/>, beside which <paramref name="keep"/> stays.</summary>
    public static Delivery Of(Situation situation, PlacedDesign next, PlacedDesign? keep, bool switched = false)
    {
        var objects = DesiredObjects.Of(next, keep, switched);
        var ledger = situation.Ledger.Assign(objects, situation.Watches);
        return new(objects, ledger, WorkBuilder.Build(situation.ServiceId, objects, ledger));
    }

    /// <summary>Whether all works are applied.</summary>
    public bool IsApplied(Situation situation) =>
        Works.All(work => situation.Works.GetValueOrDefault(new(work.Cluster, work.Name)) is { Applied: true });

    /// <summary>Health of the objects that belong to <paramref name="placed"/>; those that are only kept do not count.</summary>
    public IReadOnlyList<ObjectHealth> Health(Situation situation, PlacedDesign placed)
    {
        var own = placed.Design.Groups.GroupBy(group => placed.Places[group.Name]).ToDictionary(
            cluster => cluster.Key,
            cluster => cluster.SelectMany(group => group.Objects).Concat(placed.Design.Crds).Select(ObjectKey.Of).ToHashSet(),
            StringComparer.Ordinal);
        return
        [
            .. from cluster in own
               from o in Objects[cluster.Key]
               let key = ObjectKey.Of(o)
               where cluster.Value.Contains(key)
               select Judge(situation, cluster.Key, key, o),
        ];
    }

    private ObjectHealth Judge(Situation situation, string cluster, ObjectKey key, JsonObject o)
    {
        var entry = Ledger.Entries[(cluster, key)];
        var work = situation.Works.GetValueOrDefault(new(cluster, WorkNames.Work(situation.ServiceId, entry.Part)));
        return Readiness.Judge(
            o, cluster, entry.Number, work?.Objects.GetValueOrDefault(key) ?? ObjectStatus.Unknown, work?.Objects.GetValueOrDefault(ObservedPod.KeyFor(key)));
    }
}
