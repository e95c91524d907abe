namespace NaaS.Contracts;

/// <summary>
/// Command to the worker: have services leave a cluster and stay away from it, or open it again. What keeps data stays. Each service that moves does so
/// by a revision of its own, make before break.
/// </summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Evacuated">Whether it is to be left; false opens it again.</param>
public sealed record EvacuateCluster(string Cluster, bool Evacuated);
