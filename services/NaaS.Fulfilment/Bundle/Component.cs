namespace NaaS.Fulfilment.Bundle;

/// <summary>A workload and all that it needs. In TMF638 a resource-facing service.</summary>
/// <param name="Id">UUIDv5 of service id, kind, namespace and name: it survives moves and revisions.</param>
/// <param name="Workload">The workload.</param>
/// <param name="Objects">The workload and its dependants; an object that several components need is in each.</param>
/// <param name="Stateful">Whether it is a StatefulSet or mounts a claim: data does not move by itself.</param>
public sealed record Component(Guid Id, ObjectKey Workload, IReadOnlyList<ObjectKey> Objects, bool Stateful);
