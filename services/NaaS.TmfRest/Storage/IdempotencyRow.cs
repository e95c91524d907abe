namespace NaaS.TmfRest.Storage;

/// <summary>A POST that carried an Idempotency-Key, so that the same one again does not create a second resource.</summary>
public sealed class IdempotencyRow
{
    /// <summary>Caller, resource and key.</summary>
    public required string Key { get; init; }

    /// <summary>SHA-256 of the body.</summary>
    public required string Digest { get; init; }

    /// <summary>What was created.</summary>
    public required string ResourceId { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }
}
