using NaaS.Fulfilment.Reconcile;

namespace NaaS.Fulfilment.Deliver;

/// <summary>A design and where its groups are.</summary>
/// <param name="Design">The design.</param>
/// <param name="Places">Cluster by group name.</param>
internal sealed record PlacedDesign(Design Design, IReadOnlyDictionary<string, string> Places);
