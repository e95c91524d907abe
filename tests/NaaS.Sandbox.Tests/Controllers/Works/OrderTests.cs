using System.Collections.Concurrent;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Tests.Controllers.Works;

public sealed class OrderTests
{
    [Fact]
    public async Task A_new_work_is_written_in_the_recorded_order()
    {
        var recorded = Recorded.Read("manifestwork/40-44-timeline-hub.json").AsArray().Where(entry => entry.Str("name") == "poll").Take(4)
            .Select(entry => Step(entry.Arr("finalizers") is not null, entry.Obj("conditions")?.Select(condition => condition.Key) ?? []));
        await using var hub = await SimulatedHub.StartAsync();
        var seen = new ConcurrentQueue<string>();
        hub.Hub.Changed += happened =>
        {
            if (happened.Object!.Type == Kinds.ManifestWorks)
            {
                var work = happened.Object.Read();
                seen.Enqueue(Step(work.At("metadata", "finalizers") is not null, work.Items("status", "conditions").Select(condition => condition.Str("type")!)));
            }
        };

        hub.Deliver("poll", WorkSteps.ConfigMap("polled"));

        // The store holds an object before those who listen hear of it.
        await hub.Until(() => seen.Any(step => step.EndsWith("Available", StringComparison.Ordinal)), "it is seen to be available");
        seen.Distinct().ShouldBe(recorded);
    }

    [Fact]
    public async Task A_deleted_work_is_written_in_the_recorded_order()
    {
        await using var hub = await SimulatedHub.StartAsync();
        hub.Deliver("w", WorkSteps.ConfigMap("a"));
        await hub.Until(() => hub.Work("w").Condition("Available") is not null, "it is available");
        var seen = new ConcurrentQueue<string>();
        hub.Hub.Changed += happened =>
        {
            if (happened.Object!.Type == Kinds.ManifestWorks)
            {
                var deleting = happened.Object.Read().Condition("Deleting").Str("reason");
                seen.Enqueue($"{happened.Type} {deleting}".Trim());
            }
        };

        hub.Hub.Delete(Kinds.ManifestWorks, "c1", "w");

        await hub.Until(() => seen.Any(step => step.StartsWith("Deleted", StringComparison.Ordinal)), "it is seen to be gone");
        seen.Distinct().ShouldBe(["Modified", "Modified WorkDeleting", "Deleted WorkDeleting"]);
    }

    private static string Step(bool finalizer, IEnumerable<string> conditions) => $"{(finalizer ? "finalizer" : "bare")} {string.Join(' ', conditions.Order())}".Trim();
}
