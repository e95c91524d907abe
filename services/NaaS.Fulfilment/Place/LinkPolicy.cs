namespace NaaS.Fulfilment.Place;

/// <summary>What becomes of a link between components on different clusters.</summary>
internal enum LinkPolicy
{
    /// <summary>It is kept: the clusters offer Multi-Cluster Services.</summary>
    Kept,

    /// <summary>It is cut, and said so before and after.</summary>
    Reported,

    /// <summary>A change that would cut it is refused.</summary>
    Refused,
}
