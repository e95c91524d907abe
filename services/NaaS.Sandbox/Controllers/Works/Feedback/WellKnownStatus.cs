namespace NaaS.Sandbox.Controllers.Works.Feedback;

/// <summary>The paths behind the feedback rule <c>WellKnownStatus</c>.</summary>
internal static class WellKnownStatus
{
    private static readonly Dictionary<(string Version, string Kind), (string Name, string Path)[]> Known = new()
    {
        [("apps/v1", "Deployment")] =
        [
            ("ReadyReplicas", ".status.readyReplicas"),
            ("Replicas", ".status.replicas"),
            ("AvailableReplicas", ".status.availableReplicas"),
        ],
        [("apps/v1", "DaemonSet")] =
        [
            ("NumberReady", ".status.numberReady"),
            ("DesiredNumberScheduled", ".status.desiredNumberScheduled"),
            ("NumberAvailable", ".status.numberAvailable"),
        ],
        [("batch/v1", "Job")] =
        [
            ("JobComplete", ".status.conditions[?(@.type==\"Complete\")].status"),
            ("JobSucceeded", ".status.succeeded"),
        ],
        [("v1", "Pod")] =
        [
            ("PodReady", ".status.conditions[?(@.type==\"Ready\")].status"),
            ("PodPhase", ".status.phase"),
        ],
    };

    public static IReadOnlyList<(string Name, string Path)> Of(string apiVersion, string kind) =>
        Known.TryGetValue((apiVersion, kind), out var paths) ? paths : [];
}
