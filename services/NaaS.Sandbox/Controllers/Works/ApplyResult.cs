namespace NaaS.Sandbox.Controllers.Works;

/// <summary>When a manifest that failed is tried again.</summary>
internal enum Retry
{
    None,

    /// <summary>With exponential backoff.</summary>
    Backoff,

    /// <summary>At the next re-sync only.</summary>
    Resync,
}

/// <summary>What became of one manifest.</summary>
/// <param name="Id">The object.</param>
/// <param name="Error">Why it could not be applied, null where it was.</param>
/// <param name="Uid">The object's uid, null where there is none.</param>
/// <param name="Again">When to try again.</param>
internal sealed record ApplyResult(ManifestId Id, string? Error, string? Uid, Retry Again)
{
    public static ApplyResult Failed(ManifestId id, string error) => new(id, error, null, Retry.Backoff);

    public AppliedResource? Resource => Uid is null ? null : new(Id.Group, Id.Version, Id.Resource, Id.Namespace, Id.Name, Uid);
}
