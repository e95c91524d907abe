using NaaS.Tmf.Shared;

namespace NaaS.TmfRest.Routes;

/// <summary>What a patch makes of a resource.</summary>
/// <param name="Before">As stored.</param>
/// <param name="After">As the client wants it.</param>
/// <param name="Changed">Names of the first-level attributes that differ.</param>
public sealed record Change<T>(T Before, T After, IReadOnlySet<string> Changed)
    where T : TmfResource;
