using NaaS.Sandbox.Controllers;

namespace NaaS.Sandbox;

/// <summary>The words in which faults of a cluster behind its API server are ordered, for those who write the annotation.</summary>
public static class ClusterFaults
{
    private static readonly HashSet<string> Words = ["lost", "agent-down", "api-down", "slow", "refuse", "never-ready"];

    /// <summary>Annotation of the ManagedCluster that orders them, several with commas.</summary>
    public const string Annotation = FaultController.Annotation;

    /// <summary>Whether a fault such as <c>never-ready=web</c> is one of the cluster, and not of its API server.</summary>
    public static bool Has(string fault) => Words.Contains(fault.Split('=')[0]);

    /// <summary>Refuses what the cluster would not understand.</summary>
    /// <exception cref="FormatException">The fault or its value is not known; the message lists those that are.</exception>
    public static void Check(string faults) => FaultController.Parse(faults);
}
