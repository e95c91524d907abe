namespace NaaS.Sandbox.Controllers.Works;

/// <summary>When a manifest that failed is tried again.</summary>
internal enum Retry
{
    None,

    /// <summary>With exponential backoff.</summary>
    Backoff,

    /// <summary>After a minute.</summary>
    Minute,

    /// <summary>At the next re-sync only.</summary>
    Resync,
}

/// <summary>What became of one manifest.</summary>
/// <param name="Id">The object.</param>
/// <param name="Error">Why it could not be applied, null where it was.</param>
/// <param name="Again">When to try again.</param>
internal sealed record ApplyResult(ManifestId Id, string? Error, Retry Again)
{
    public static ApplyResult Failed(ManifestId id, string error) => new(id, error, Retry.Backoff);
}
