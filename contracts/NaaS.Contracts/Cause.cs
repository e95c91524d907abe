namespace NaaS.Contracts;

/// <summary>What caused a change.</summary>
public enum CauseKind
{
    /// <summary>An item of a service order (TMF641).</summary>
    Order,

    /// <summary>A change of the service itself (TMF638 PATCH).</summary>
    Service,

    /// <summary>The worker: an automatic version, a repair.</summary>
    Worker,

    /// <summary>An operator's action.</summary>
    Operator,
}

/// <summary>What caused a change, so that the report finds its way back.</summary>
/// <param name="Kind">Kind of the cause.</param>
/// <param name="Id">Id of the order, the service or the action.</param>
/// <param name="ItemId">Id of the order item, where the cause is one.</param>
public sealed record Cause(CauseKind Kind, string Id, string? ItemId = null)
{
    /// <summary>W3C trace parent of the request that asked for it, so that what is done long after its message was handled is seen in the same trace.</summary>
    public string? Trace { get; init; }
}
