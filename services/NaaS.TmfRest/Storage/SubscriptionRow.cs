namespace NaaS.TmfRest.Storage;

/// <summary>A listener registered at a hub.</summary>
public sealed class SubscriptionRow
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Number of the API whose events it gets.</summary>
    public required string Api { get; init; }

    /// <summary>Where events are posted to.</summary>
    public required string Callback { get; init; }

    /// <summary>Which events it wants; empty for all.</summary>
    public required string Query { get; init; }

    /// <summary>Name of the dialect in which it registered.</summary>
    public required string Dialect { get; init; }

    /// <summary>When it registered.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Replica that delivers to it.</summary>
    public string? ClaimedBy { get; set; }

    /// <summary>Until when, in milliseconds since 1970.</summary>
    public long ClaimedUntil { get; set; }
}
