using NaaS.Contracts;
using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Deliver;
using NaaS.Fulfilment.Observe;
using NaaS.Fulfilment.Storage;

namespace NaaS.Fulfilment.Reconcile;

/// <summary>
/// Runs hooks one after the other: Jobs must complete and Pods succeed, others are done when applied. While a revision rolls out a hook that fails ends it;
/// while one is put back or the service ends, it is told and passed over, since there is no way back from there.
/// </summary>
internal static class HookPlanner
{
    private static readonly TimeSpan Recheck = TimeSpan.FromSeconds(5);

    /// <summary>The next step of the hooks up to <paramref name="end"/>; null when those have run.</summary>
    public static NextStep? Next(Situation situation, Revision current, HookPlan hooks, int end)
    {
        if (current.HooksDone >= end)
        {
            return current.HooksDone == end ? TakeAwayDone(situation, current, hooks) : null;
        }

        var hook = hooks[current.HooksDone];
        var id = new WorkId(hook.Work.Cluster, hook.Work.Name);
        if (situation.Hooks.GetValueOrDefault(id) is not { } there)
        {
            return new NextStep.WriteHook(hook.Work);
        }

        if (there.Deleting)
        {
            return new NextStep.Wait(situation.Now + Recheck);
        }

        if (!JsonCover.IsSpec(there.Spec, hook.Work.Spec))
        {
            return hook.GoesBefore ? new NextStep.DeleteWorks([id]) : new NextStep.WriteHook(hook.Work);
        }

        return Outcome(situation, current, hook, there);
    }

    // As with Helm, they go when all of their moment have succeeded.
    private static NextStep.DeleteWorks? TakeAwayDone(Situation situation, Revision current, HookPlan hooks)
    {
        var running = current.HooksDone < hooks.Count ? hooks[current.HooksDone].Work.Name : null;
        List<WorkId> done =
        [
            .. Enumerable.Range(0, current.HooksDone).Select(position => hooks[position])
                .Where(hook => hook.GoesWhenDone && hook.Work.Name != running)
                .Select(hook => new WorkId(hook.Work.Cluster, hook.Work.Name))
                .Distinct()
                .Where(id => situation.Hooks.GetValueOrDefault(id) is { Deleting: false }),
        ];
        return done.Count > 0 ? new NextStep.DeleteWorks(done) : null;
    }

    private static NextStep Outcome(Situation situation, Revision current, HookWork hook, DeliveredWork there)
    {
        var key = ObjectKey.Of(hook.Hook.Object);
        var status = there.Objects.GetValueOrDefault(key) ?? ObjectStatus.Unknown;
        var isRun = key is { Group: "batch", Kind: "Job" } or { Group: "", Kind: "Pod" };
        var believed = there.Applied && (!isRun || status.Number("revision") == current.Number);
        if (believed && (!isRun || status.Text("Complete") == "True" || status.Text("phase") == "Succeeded"))
        {
            return new NextStep.HookDone(current.HooksDone + 1);
        }

        if (believed && (status.Text("Failed") == "True" || status.Text("phase") == "Failed"))
        {
            return Failed(current, $"hook {key} on {there.Cluster} failed: {status.Text("FailedReason") ?? "pod failed"} {status.Text("FailedMessage")}".TrimEnd());
        }

        var reason = $"hook {key} on {there.Cluster}: {status.Problem ?? status.Text("waiting") ?? "running"}";
        return situation.Now >= current.Deadline
            ? Failed(current, "not done in time: " + reason)
            : new NextStep.Wait(current.Deadline, Told(current.Stage) is { } rollout ? new(rollout, reason) : null);
    }

    private static NextStep Failed(Revision current, string reason) =>
        current.Stage == RevisionStage.Rolling ? new NextStep.GiveUp(reason) : new NextStep.HookDone(current.HooksDone + 1, reason);

    private static Rollout? Told(RevisionStage stage) => stage switch
    {
        RevisionStage.Rolling => Rollout.Placed,
        RevisionStage.Removing => Rollout.Removing,
        _ => null,
    };
}
