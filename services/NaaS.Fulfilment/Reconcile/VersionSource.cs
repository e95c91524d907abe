using NaaS.Helm.Charts;

namespace NaaS.Fulfilment.Reconcile;

/// <summary>Versions of a chart that exist inside the reference's range, newest first. Throws where the repository does not answer.</summary>
internal delegate Task<IReadOnlyList<string>> VersionSource(ChartReference chart, CancellationToken cancellationToken);
