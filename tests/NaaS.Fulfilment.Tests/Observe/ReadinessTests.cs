using NaaS.Fulfilment.Observe;

namespace NaaS.Fulfilment.Tests.Observe;

/// <summary>Readiness as <c>helm --wait</c> judges, by situation.</summary>
public class ReadinessTests
{
    private const string Deployment = "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop}, spec: {replicas: 2}}";
    private const string StatefulSet = "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: db, namespace: shop}, spec: {}}";
    private const string Seen = "revision=7 generation=3 observedGeneration=3 ";

    [Theory]
    [InlineData(Deployment, "", Health.Progressing, "no status of this revision yet")]
    [InlineData(Deployment, "revision=6 generation=3 observedGeneration=3 wanted=2 replicas=2 updated=2 available=2 ready=2", Health.Progressing, "no status of this revision yet")]
    [InlineData(Deployment, "revision=7 generation=4 observedGeneration=3 wanted=2 replicas=2 updated=2 available=2 ready=2", Health.Progressing, "its controller has not seen the change yet")]
    [InlineData(Deployment, Seen + "wanted=2 replicas=2 updated=2 available=1 ready=1", Health.Progressing, "1 of 2 replicas available")]
    [InlineData(Deployment, Seen + "wanted=2 replicas=3 updated=2 available=2 ready=2", Health.Progressing, "old replicas still running")]
    [InlineData(Deployment, Seen + "wanted=2 replicas=2 updated=2 available=2 ready=2 ProgressingReason=ReplicaSetUpdated", Health.Progressing, "ReplicaSetUpdated")]
    [InlineData(Deployment, Seen + "wanted=2 replicas=2 updated=2 available=2 ready=2 ProgressingReason=NewReplicaSetAvailable Available=True", Health.Ready, null)]
    [InlineData(Deployment, Seen + "wanted=2 updated=1 replicas=2 ProgressingReason=ProgressDeadlineExceeded ProgressingMessage=slow", Health.Failed, "ProgressDeadlineExceeded: slow")]
    [InlineData(Deployment, Seen + "wanted=0", Health.Ready, null)]
    [InlineData(Deployment, "revision=7 generation=3 observedGeneration=3 paused=true", Health.Ready, null)]
    [InlineData(StatefulSet, Seen + "wanted=1 replicas=1 ready=1 current=1 updated=1 currentRevision=a updateRevision=a", Health.Ready, null)]
    [InlineData(StatefulSet, Seen + "wanted=1 replicas=1 ready=1 updated=1 currentRevision=a updateRevision=b", Health.Progressing, "1 of 1 replicas updated")]
    [InlineData(StatefulSet, Seen + "wanted=3 partition=2 replicas=3 ready=3 updated=1 currentRevision=a updateRevision=b", Health.Ready, null)]
    [InlineData("{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: a, namespace: s}}", Seen + "wanted=3 current=3 updated=3 available=2 ready=3", Health.Progressing, "2 of 3 replicas available")]
    [InlineData("{apiVersion: batch/v1, kind: Job, metadata: {name: a, namespace: s}}", "revision=7 startTime=now", Health.Ready, null)]
    [InlineData("{apiVersion: batch/v1, kind: Job, metadata: {name: a, namespace: s}}", "revision=7 startTime=now Failed=True FailedReason=BackoffLimitExceeded", Health.Failed, "BackoffLimitExceeded")]
    [InlineData("{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: s}}", "revision=7 phase=Pending waiting=ImagePullBackOff", Health.Progressing, "ImagePullBackOff")]
    [InlineData("{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: s}}", "revision=7 phase=Running waiting=CrashLoopBackOff", Health.Failed, "CrashLoopBackOff")]
    [InlineData("{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: a, namespace: s}}", "revision=7 phase=Pending", Health.Progressing, "claim is Pending")]
    [InlineData("{apiVersion: v1, kind: Service, metadata: {name: a, namespace: s}}", "revision=7 type=LoadBalancer clusterIP=10.0.0.1", Health.Ready, null)]
    [InlineData("{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: s}}", "", Health.Ready, null)]
    [InlineData("{apiVersion: shop.example/v1, kind: Till, metadata: {name: a, namespace: s}}", "revision=7 Ready=False ReadyReason=Counting", Health.Progressing, "Counting")]
    [InlineData("{apiVersion: shop.example/v1, kind: Till, metadata: {name: a, namespace: s}}", "revision=7", Health.Ready, null)]
    internal void Health_follows_from_what_was_read_back(string manifest, string values, Health health, string? reason)
    {
        var judged = Readiness.Judge(Objects.One(manifest), "c1", 7, new(true, null, Values(values)));
        judged.Health.ShouldBe(health);
        judged.Reason.ShouldBe(reason);
    }

    [Fact]
    public void What_is_not_applied_is_not_ready_and_says_why()
    {
        var judged = Readiness.Judge(Objects.One(Deployment), "c1", 7, new(false, "Failed to apply manifest: forbidden", Values(Seen + "wanted=0")));
        judged.ToString().ShouldBe("Deployment/shop/web on c1: Failed to apply manifest: forbidden");
        judged.Desired.ShouldBe(0);
    }

    private static Dictionary<string, string> Values(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
}
