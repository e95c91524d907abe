namespace NaaS.Contracts;

/// <summary>What a concluded revision delivered, for the audit trail.</summary>
/// <param name="ChartDigest">Digest of the chart archive.</param>
/// <param name="RenderedDigest">Digest of what was rendered.</param>
/// <param name="Objects">Objects by cluster, each as <c>Kind.group namespace/name</c>.</param>
public sealed record DeliveredRevision(string? ChartDigest, string? RenderedDigest, IReadOnlyDictionary<string, IReadOnlyList<string>> Objects);
