namespace NaaS.Sandbox.Controllers;

/// <summary>Which controllers run on which server.</summary>
internal static class ControllerSet
{
    /// <summary>Those of the hub, started once.</summary>
    public static IEnumerable<IController> ForHub(World world) => [];

    /// <summary>Those of one managed cluster, its agents among them, started when the cluster is added.</summary>
    public static IEnumerable<IController> ForCluster(World world, SandboxCluster cluster, ApiServer server) => [];
}
