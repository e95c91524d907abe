using System.Text.Json.Nodes;
using NaaS.Fulfilment.Bundle;

namespace NaaS.Fulfilment.Observe;

/// <summary>Judges readiness as <c>helm --wait</c> does (kstatus), from feedback that is believed only where it was read from what we delivered.</summary>
internal static class Readiness
{
    /// <summary>The health of an object.</summary>
    /// <param name="manifest">The object as delivered.</param>
    /// <param name="cluster">Its cluster.</param>
    /// <param name="number">Its apply number; 0 where it carries none.</param>
    /// <param name="status">What its work tells.</param>
    /// <param name="pod">What its work tells of its first pod, where that is read too.</param>
    public static ObjectHealth Judge(JsonObject manifest, string cluster, long number, ObjectStatus status, ObjectStatus? pod = null)
    {
        var key = ObjectKey.Of(manifest);
        var (health, reason) = Believed(key, number, status) ?? ByKind(key, status);
        var (ready, desired) = Replicas(key, manifest, status);
        var told = pod?.Text("waiting") is { Length: > 0 } waiting ? $"{reason}: {waiting}" : reason;
        return new(key, cluster, health, ready, desired, health == Health.Ready ? null : told);
    }

    private static (Health, string?)? Believed(ObjectKey key, long number, ObjectStatus status)
    {
        if (!status.Applied)
        {
            return (Health.Progressing, status.Problem ?? "not applied yet");
        }

        if (Feedback.Of(key) is null)
        {
            return (Health.Ready, null);
        }

        if (number > 0 && status.Number("revision") != number)
        {
            return (Health.Progressing, status.Problem ?? "no status of this revision yet");
        }

        return status.Number("observedGeneration") is { } observed && observed != status.Number("generation")
            ? (Health.Progressing, "its controller has not seen the change yet")
            : null;
    }

    private static (Health, string?) ByKind(ObjectKey key, ObjectStatus status) => (key.Group, key.Kind) switch
    {
        ("apps", "Deployment") => Deployment(status),
        ("apps", "StatefulSet") => StatefulSet(status),
        ("apps", "DaemonSet") => DaemonSet(status),
        ("apps", "ReplicaSet") => Reached(status.Number("wanted") ?? 1, status, "labelled", "available", "ready"),
        ("batch", "Job") => Job(status),
        ("", "Pod") => Pod(status),
        ("", "PersistentVolumeClaim") => status.Text("phase") == "Bound" ? Ready : Waits($"claim is {status.Text("phase") ?? "not bound"}"),
        ("", "Service") => status.Text("type") != "LoadBalancer" || status.Text("clusterIP") is { Length: > 0 } ? Ready : Waits("no clusterIP yet"),
        ("apiextensions.k8s.io", "CustomResourceDefinition") => Definition(status),
        _ => status.Text("Ready") is null or "True" ? Ready : Waits(Told(status, "Ready", "not ready")),
    };

    private static (Health, string?) Ready => (Health.Ready, null);

    private static (Health, string?) Waits(string reason) => (Health.Progressing, reason);

    private static (Health, string?) Deployment(ObjectStatus status)
    {
        if (status.Text("paused") == "true")
        {
            return Ready;
        }

        if (status.Text("ProgressingReason") == "ProgressDeadlineExceeded")
        {
            return (Health.Failed, Told(status, "Progressing", "") + Unavailable(status));
        }

        var wanted = status.Number("wanted") ?? 1;
        if (status.Text("observedGeneration") is null)
        {
            return Waits("no status yet");
        }

        if (status.Text("ReplicaFailure") == "True")
        {
            return Waits($"{status.Count("ready")} of {wanted} replicas ready: {Told(status, "ReplicaFailure", "")}");
        }

        var reached = Reached(wanted, status, "replicas", "updated", "available", "ready");
        if (reached.Health != Health.Ready)
        {
            return Waits(reached.Reason + Unavailable(status));
        }

        if (status.Count("replicas") > wanted)
        {
            return Waits("old replicas still running");
        }

        return (status.Text("ProgressingReason") is null or "NewReplicaSetAvailable") && status.Text("Available") is null or "True"
            ? Ready
            : Waits(Told(status, "Progressing", "still rolling out"));
    }

    private static (Health, string?) StatefulSet(ObjectStatus status)
    {
        if (status.Text("strategy") == "OnDelete")
        {
            return Ready;
        }

        var wanted = status.Number("wanted") ?? 1;
        if (status.Text("observedGeneration") is null)
        {
            return Waits("no status yet");
        }

        if (Reached(wanted, status, "replicas", "ready") is var (health, reason) && health != Health.Ready)
        {
            return Waits(reason!);
        }

        if (status.Count("replicas") > wanted)
        {
            return Waits("old replicas still running");
        }

        if (status.Number("partition") is > 0 and var partition)
        {
            return status.Count("updated") >= wanted - partition ? Ready : Waits($"{status.Count("updated")} of {wanted - partition} replicas updated");
        }

        return status.Count("current") >= wanted && status.Text("currentRevision") == status.Text("updateRevision")
            ? Ready
            : Waits($"{status.Count("updated")} of {wanted} replicas updated");
    }

    private static (Health, string?) DaemonSet(ObjectStatus status) =>
        status.Text("observedGeneration") is null
            ? Waits("no status yet")
            : Reached(status.Count("wanted"), status, "current", "updated", "available", "ready");

    private static (Health, string?) Job(ObjectStatus status)
    {
        if (status.Text("Failed") == "True")
        {
            return (Health.Failed, Told(status, "Failed", "job failed"));
        }

        return status.Text("Complete") == "True" || status.Text("startTime") is not null ? Ready : Waits("job not started");
    }

    private static (Health, string?) Pod(ObjectStatus status) => status.Text("phase") switch
    {
        "Succeeded" => Ready,
        "Failed" => (Health.Failed, "pod failed"),
        "Running" when status.Text("Ready") == "True" => Ready,
        "Running" when status.Text("waiting") == "CrashLoopBackOff" => (Health.Failed, "CrashLoopBackOff"),
        var phase => Waits(status.Text("waiting") ?? Told(status, "Ready", $"pod is {phase ?? "not known yet"}")),
    };

    private static (Health, string?) Definition(ObjectStatus status)
    {
        if (status.Text("NamesAccepted") == "False")
        {
            return (Health.Failed, Told(status, "NamesAccepted", "names not accepted"));
        }

        return status.Text("Established") == "True" ? Ready : Waits("not established yet");
    }

    private static (Health Health, string? Reason) Reached(long wanted, ObjectStatus status, params ReadOnlySpan<string> counts)
    {
        foreach (var count in counts)
        {
            if (status.Count(count) < wanted)
            {
                return Waits($"{status.Count(count)} of {wanted} replicas {(count is "replicas" or "current" ? "created" : count)}");
            }
        }

        return Ready;
    }

    private static string Unavailable(ObjectStatus status) =>
        status.Text("Available") == "False" && status.Text("AvailableReason") is { Length: > 0 } reason ? $" ({reason}: {status.Text("AvailableMessage")})" : "";

    private static string Told(ObjectStatus status, string condition, string otherwise) =>
        status.Text(condition + "Reason") is { Length: > 0 } reason
            ? status.Text(condition + "Message") is { Length: > 0 } message ? $"{reason}: {message}" : reason
            : otherwise;

    private static (int Ready, int Desired) Replicas(ObjectKey key, JsonObject manifest, ObjectStatus status)
    {
        var rendered = int.TryParse(manifest["spec"]?[key.Kind == "Job" ? "completions" : "replicas"]?.ToJsonString(), out var replicas) ? replicas : 1;
        return key.Kind switch
        {
            "DaemonSet" => ((int)status.Count("ready"), (int)status.Count("wanted")),
            "Pod" => (status.Text("Ready") == "True" ? 1 : 0, 1),
            "CronJob" => (0, 0),
            _ => ((int)status.Count("ready"), (int)(status.Number("wanted") ?? rendered)),
        };
    }
}
