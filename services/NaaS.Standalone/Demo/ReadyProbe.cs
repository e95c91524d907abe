namespace NaaS.Standalone.Demo;

/// <summary>
/// Counts, after every single event on any cluster, whether each workload has a ready replica somewhere. A gap is a stretch in which one had none.
/// </summary>
internal sealed class ReadyProbe(IReadOnlyCollection<string> workloads)
{
    private readonly Dictionary<string, DateTimeOffset> missingSince = [];

    public int Looks { get; private set; }

    public TimeSpan LongestGap { get; private set; }

    public void Look(IReadOnlyCollection<Seen> seen)
    {
        Looks++;
        var ready = seen.Where(one => one is { ReadyReplicas: > 0, Kind: "Deployment" or "StatefulSet" }).Select(one => one.Name).ToHashSet();
        var at = DateTimeOffset.UtcNow;
        foreach (var workload in workloads)
        {
            if (!ready.Contains(workload))
            {
                missingSince.TryAdd(workload, at);
            }
            else if (missingSince.Remove(workload, out var since) && at - since > LongestGap)
            {
                LongestGap = at - since;
            }
        }
    }

    /// <summary>Fails where a workload had no ready replica at any time.</summary>
    public void ThrowIfGap()
    {
        var missing = missingSince.Keys.FirstOrDefault();
        if (missing is not null || LongestGap > TimeSpan.Zero)
        {
            throw new StepFailedException($"a moved component was without a ready replica for {LongestGap.TotalMilliseconds:F0} ms{(missing is null ? "" : $", {missing} still is")}");
        }
    }
}
