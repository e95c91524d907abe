using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Workloads;

/// <summary>A pod's status as the kubelet writes it, at each point of its life.</summary>
internal static class PodStatus
{
    public static JsonObject Unschedulable(JsonObject pod, string why, DateTimeOffset now)
    {
        var status = new JsonObject { ["phase"] = "Pending" };
        Keep(pod, status);
        status.SetCondition(new Condition("PodScheduled", "False", "Unschedulable", why), now);
        return status;
    }

    /// <summary>Placed, nothing runs yet.</summary>
    public static JsonObject Starting(JsonObject pod, DateTimeOffset now)
    {
        var status = Scheduled(pod, "Pending", now);
        Conditions(status, initialized: !pod.Items("spec", "initContainers").Any(), ready: Unready(pod, _ => false), now);
        Containers(pod, status, _ => Wait("ContainerCreating", ""), now);
        return status;
    }

    /// <summary>Some containers cannot run; the others do.</summary>
    public static JsonObject Waiting(JsonObject pod, IReadOnlyList<ContainerWait> waits, string address, DateTimeOffset now)
    {
        ContainerWait? Of(string container) => waits.FirstOrDefault(wait => wait.Container == container);
        var init = pod.Items("spec", "initContainers").Any(container => Of(container.Str("name") ?? "") is not null);
        var crashing = waits.All(wait => wait.Reason == "CrashLoopBackOff") && !init;
        var status = Scheduled(pod, crashing ? "Running" : "Pending", now);
        status["podIP"] = address;
        status["podIPs"] = new JsonArray(new JsonObject { ["ip"] = address });
        Conditions(status, initialized: !init, ready: Unready(pod, name => !init && Of(name) is null), now);
        Containers(pod, status, name => Of(name) is { } wait ? Wait(wait.Reason, wait.Message)
            : init ? Wait("PodInitializing", "") : Run(now), now);
        return status;
    }

    public static JsonObject Running(JsonObject pod, bool ready, string address, DateTimeOffset now)
    {
        var status = Scheduled(pod, "Running", now);
        status["podIP"] = address;
        status["podIPs"] = new JsonArray(new JsonObject { ["ip"] = address });
        Conditions(status, initialized: true, ready: Unready(pod, _ => ready), now);
        Containers(pod, status, _ => Run(now), now, ready);
        return status;
    }

    /// <summary>Its containers ran to their end.</summary>
    public static JsonObject Ended(JsonObject pod, bool failed, DateTimeOffset now)
    {
        var status = Scheduled(pod, failed ? "Failed" : "Succeeded", now);
        foreach (var type in (string[])["Initialized", "Ready", "ContainersReady"])
        {
            status.SetCondition(new Condition(type, Condition.Text(type == "Initialized"), failed ? "PodFailed" : "PodCompleted", ""), now);
        }

        Containers(pod, status, _ => Exit(failed ? 1 : 0, now), now);
        return status;
    }

    /// <summary>Puts the new status in place of the present one; conditions and containers keep their times where nothing happened to them.</summary>
    public static void Replace(JsonObject present, JsonObject wanted)
    {
        foreach (var name in present.Select(field => field.Key).Except(wanted.Select(field => field.Key)).ToList())
        {
            present.Remove(name);
        }

        foreach (var (name, value) in wanted)
        {
            present[name] = value?.DeepClone();
        }
    }

    private static JsonObject Scheduled(JsonObject pod, string phase, DateTimeOffset now)
    {
        var status = new JsonObject { ["phase"] = phase, ["hostIP"] = "10.0.0.1", ["startTime"] = Json.Time(now), ["qosClass"] = QualityOf(pod) };
        Keep(pod, status);
        status.SetCondition(new Condition("PodScheduled", "True", "", ""), now);
        status["observedGeneration"] = pod.Generation();
        return status;
    }

    private static void Keep(JsonObject pod, JsonObject status)
    {
        if (pod.Obj("status") is not { } before)
        {
            return;
        }

        foreach (var name in (string[])["startTime", "conditions", "podIP", "podIPs"])
        {
            if (before[name] is { } value)
            {
                status[name] = value.DeepClone();
            }
        }
    }

    private static string? Unready(JsonObject pod, Func<string, bool> runs)
    {
        var names = pod.Items("spec", "containers").Select(container => container.Str("name") ?? "").Where(name => !runs(name)).ToList();
        return names.Count == 0 ? null : $"containers with unready status: [{string.Join(" ", names)}]";
    }

    private static void Conditions(JsonObject status, bool initialized, string? ready, DateTimeOffset now)
    {
        status.SetCondition(initialized
            ? new Condition("Initialized", "True", "", "")
            : new Condition("Initialized", "False", "ContainersNotInitialized", "containers with incomplete status"), now);
        foreach (var type in (string[])["Ready", "ContainersReady"])
        {
            status.SetCondition(ready is null
                ? new Condition(type, "True", "", "")
                : new Condition(type, "False", "ContainersNotReady", ready), now);
        }
    }

    private static void Containers(JsonObject pod, JsonObject status, Func<string, JsonObject> state, DateTimeOffset now, bool ready = true)
    {
        if (pod.Items("spec", "initContainers").Any())
        {
            status["initContainerStatuses"] = Statuses(pod, "initContainers", "initContainerStatuses",
                name => state(name) is var wanted && wanted.ContainsKey("waiting") && wanted.Str("waiting", "reason") != "PodInitializing" ? wanted : Exit(0, now), ready: true);
        }

        status["containerStatuses"] = Statuses(pod, "containers", "containerStatuses", state, ready);
    }

    private static JsonArray Statuses(JsonObject pod, string list, string statuses, Func<string, JsonObject> state, bool ready) =>
    [
        .. pod.Items("spec", list).Select(container =>
        {
            var (name, image) = (container.Str("name") ?? "", container.Str("image") ?? "");
            var before = pod.Items("status", statuses).FirstOrDefault(known => known.Str("name") == name);
            var wanted = state(name);
            var running = wanted.ContainsKey("running");
            if (SameState(before.Obj("state"), wanted))
            {
                wanted = before.Obj("state")!.Copy();
            }

            return (JsonNode)new JsonObject
            {
                ["name"] = name,
                ["image"] = image,
                ["imageID"] = running ? $"sandbox/{image}" : "",
                ["ready"] = (running && ready) || (list == "initContainers" && wanted.ContainsKey("terminated")),
                ["started"] = running,
                ["restartCount"] = wanted.Str("waiting", "reason") == "CrashLoopBackOff" ? Math.Max(1, before.Int("restartCount") ?? 1) : before.Int("restartCount") ?? 0,
                ["state"] = wanted,
            };
        }),
    ];

    private static bool SameState(JsonObject? before, JsonObject wanted) =>
        before is not null && before.Count == 1 && wanted.ContainsKey(before.First().Key)
        && (before.Obj("waiting") is null || Json.Same(before, wanted));

    private static JsonObject Wait(string reason, string message)
    {
        var waiting = new JsonObject { ["reason"] = reason };
        if (message.Length > 0)
        {
            waiting["message"] = message;
        }

        return new JsonObject { ["waiting"] = waiting };
    }

    private static JsonObject Run(DateTimeOffset now) => new() { ["running"] = new JsonObject { ["startedAt"] = Json.Time(now) } };

    private static JsonObject Exit(int code, DateTimeOffset now) => new()
    {
        ["terminated"] = new JsonObject
        {
            ["exitCode"] = code,
            ["reason"] = code == 0 ? "Completed" : "Error",
            ["startedAt"] = Json.Time(now),
            ["finishedAt"] = Json.Time(now),
        },
    };

    private static string QualityOf(JsonObject pod)
    {
        var containers = pod.Items("spec", "containers").Concat(pod.Items("spec", "initContainers")).Select(container => container.At("resources")).ToList();
        if (containers.TrueForAll(resources => resources.Obj("requests") is not { Count: > 0 } && resources.Obj("limits") is not { Count: > 0 }))
        {
            return "BestEffort";
        }

        return containers.TrueForAll(resources => resources.Obj("limits") is { } limits && limits.ContainsKey("cpu") && limits.ContainsKey("memory")
            && (resources.Obj("requests") is not { } requests || requests.All(pair => Json.Same(pair.Value, limits[pair.Key]))))
            ? "Guaranteed" : "Burstable";
    }
}
