using NaaS.Sandbox.Controllers.Runtime;

namespace NaaS.Sandbox.Controllers.Workloads;

/// <summary>What kube-controller-manager and the kubelet do on a simulated cluster.</summary>
internal static class WorkloadControllers
{
    public static IEnumerable<Controller> Of(ReconcileLoop loop, SimulatedCluster cluster, SandboxOptions options) =>
    [
        new ServiceAccountController(loop, cluster),
        new DeploymentController(loop, cluster),
        new ReplicaSetController(loop, cluster),
        new StatefulSetController(loop, cluster),
        new DaemonSetController(loop, cluster),
        new JobController(loop, cluster),
        new PodController(loop, cluster, options),
        new ClaimController(loop, cluster),
        new EndpointsController(loop, cluster),
        new IngressController(loop, cluster),
        new AutoscalerController(loop, cluster),
        new DisruptionBudgetController(loop, cluster),
    ];
}
