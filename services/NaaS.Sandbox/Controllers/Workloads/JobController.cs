using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Controllers.Runtime;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Workloads;

/// <summary>Runs a Job's pods to completion, or to its backoffLimit or deadline.</summary>
internal sealed class JobController(ReconcileLoop loop, SimulatedCluster cluster) : OwnedController(loop, cluster, Kinds.Jobs, Kinds.Pods)
{
    protected override void Reconcile(StoredObject stored)
    {
        var job = stored.Read();
        if (job.ConditionIsTrue("Complete") || job.ConditionIsTrue("Failed"))
        {
            Expire(stored, job);
            return;
        }

        var pods = Controlled(Kinds.Pods, stored).Select(pod => pod.Read()).ToList();
        var succeeded = pods.Count(pod => pod.Str("status", "phase") == "Succeeded");
        var failed = pods.Count(pod => pod.Str("status", "phase") == "Failed");
        var active = pods.Where(Pods.IsActive).ToList();
        var wanted = job.Int("spec", "completions") ?? 1;
        var started = job.Instant("status", "startTime") ?? Loop.Now;
        var verdict = Verdict(job, succeeded, failed, wanted, started);
        if (verdict is not null || job.Bool("spec", "suspend") is true)
        {
            foreach (var pod in active)
            {
                Store.DeleteIfThere(Kinds.Pods, stored.Namespace, pod.Name());
            }

            active.Clear();
        }
        else
        {
            for (var missing = Math.Min(job.Int("spec", "parallelism") ?? 1, wanted - succeeded) - active.Count; missing > 0; missing--)
            {
                active.Add(Create(stored, job).Read());
            }
        }

        Store.EditStatus(Kinds.Jobs, stored.Namespace, stored.Name, status => Report(status, active, succeeded, failed, started, verdict));
        if (job.Int("spec", "activeDeadlineSeconds") is { } seconds && verdict is null)
        {
            Loop.EnqueueAt(this, stored.Namespace, stored.Name, started.AddSeconds(seconds));
        }
    }

    private StoredObject Create(StoredObject stored, JsonObject job) =>
        Pods.Create(Store, stored, job.At("spec", "template"), $"{stored.Name}-", pod =>
        {
            var labels = pod.Need("metadata").Need("labels");
            labels["batch.kubernetes.io/controller-uid"] = stored.Uid;
            labels["batch.kubernetes.io/job-name"] = stored.Name;
            labels["controller-uid"] = stored.Uid;
            labels["job-name"] = stored.Name;
        });

    private (string Type, string Reason, string Message)? Verdict(JsonObject job, int succeeded, int failed, long wanted, DateTimeOffset started) =>
        succeeded >= wanted ? ("Complete", "CompletionsReached", "Reached expected number of succeeded pods")
        : failed > (job.Int("spec", "backoffLimit") ?? 6) ? ("Failed", "BackoffLimitExceeded", "Job has reached the specified backoff limit")
        : job.Int("spec", "activeDeadlineSeconds") is { } seconds && Loop.Now >= started.AddSeconds(seconds)
            ? ("Failed", "DeadlineExceeded", "Job was active longer than specified deadline")
        : null;

    private void Report(
        JsonObject status, List<JsonObject> active, int succeeded, int failed, DateTimeOffset started, (string Type, string Reason, string Message)? verdict)
    {
        status["startTime"] ??= Json.Time(started);
        status["uncountedTerminatedPods"] = new JsonObject();
        Counters.Set(status, "active", active.Count);
        status["ready"] = active.Count(Pods.IsReady);
        status["terminating"] = 0;
        Counters.Set(status, "succeeded", succeeded);
        Counters.Set(status, "failed", failed);
        if (verdict is not { } end)
        {
            return;
        }

        var first = end.Type == "Complete" ? "SuccessCriteriaMet" : "FailureTarget";
        foreach (var type in (string[])[first, end.Type])
        {
            status.SetCondition(new Condition(type, "True", end.Reason, end.Message), Loop.Now);
        }

        if (end.Type == "Complete")
        {
            status["completionTime"] = Json.Time(Loop.Now);
        }
    }

    private void Expire(StoredObject stored, JsonObject job)
    {
        if (job.Int("spec", "ttlSecondsAfterFinished") is not { } seconds)
        {
            return;
        }

        var finished = (job.Condition("Complete") ?? job.Condition("Failed")).Instant("lastTransitionTime") ?? Loop.Now;
        if (finished.AddSeconds(seconds) > Loop.Now)
        {
            Loop.EnqueueAt(this, stored.Namespace, stored.Name, finished.AddSeconds(seconds));
            return;
        }

        Store.DeleteIfThere(Kinds.Jobs, stored.Namespace, stored.Name, new DeleteOptions { Propagation = Propagation.Background });
    }
}
