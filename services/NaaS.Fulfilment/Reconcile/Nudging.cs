using System.Globalization;

namespace NaaS.Fulfilment.Reconcile;

/// <summary>
/// Has the agent try failed works again. By itself it waits up to 1000 s after a failure, although what was missing (a namespace, a right) may have come;
/// a changed label makes it try at once.
/// </summary>
internal static class Nudging
{
    private const int Seconds = 15;

    /// <summary>A nudge, or a wait until the next one is due; null where no work has failed.</summary>
    public static NextStep? Next(Situation situation, Revision current, Delivery delivery, Progress progress)
    {
        var failed = delivery.Works
            .Where(work => situation.Works.GetValueOrDefault(new(work.Cluster, work.Name)) is { Applied: false } there && there.Objects.Values.Any(o => o.Problem is not null))
            .ToList();
        if (failed.Count == 0)
        {
            return null;
        }

        var period = situation.Now.ToUnixTimeSeconds() / Seconds;
        var mark = period.ToString(CultureInfo.InvariantCulture);
        var due = failed.Where(work => situation.Works[new(work.Cluster, work.Name)]!.Mark != mark).ToList();
        if (due.Count > 0)
        {
            return new NextStep.Nudge(due, mark);
        }

        var next = DateTimeOffset.FromUnixTimeSeconds((period + 1) * Seconds);
        return new NextStep.Wait(next < current.Deadline ? next : current.Deadline, progress);
    }
}
