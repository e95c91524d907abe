using NaaS.Fulfilment.Deliver;
using NaaS.Fulfilment.Observe;

namespace NaaS.Fulfilment.Reconcile;

/// <summary>Tells how a service fares between changes. What is unready for a moment only is not worth a word.</summary>
internal static class Standings
{
    private static readonly TimeSpan Resync = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Watchful = TimeSpan.FromSeconds(15);

    /// <summary>The wait until something may have changed, with what is to be told meanwhile.</summary>
    public static NextStep.Wait Next(Situation situation, PlacedDesign good, Delivery delivery)
    {
        var silent = good.Places.Values.Where(situation.Silent.Contains).Distinct().Order(StringComparer.Ordinal).ToList();
        var unready = delivery.Health(situation, good).Where(o => o.Health != Health.Ready && !silent.Contains(o.Cluster)).ToList();
        List<string> complaints = [.. silent.Select(cluster => $"{cluster} does not answer"), .. unready.Count > 0 ? [Explanation.Of(unready)] : Array.Empty<string>()];
        // While a cluster is silent, what its rules tolerate runs out without an event.
        var next = situation.Now + (silent.Count > 0 ? Watchful : Resync);
        // Of an inactive service nothing shall run, so nothing is missed.
        var degraded = complaints.Count == 0 || good.Design.Intent.Inactive ? null : string.Join("; ", complaints);
        if (degraded is null || situation.UnreadySince is { } since && situation.Now >= since + situation.Tolerance)
        {
            return new(next) { Standing = new(degraded) };
        }

        return new((situation.UnreadySince ?? situation.Now) + situation.Tolerance) { Standing = new(degraded) };
    }
}
