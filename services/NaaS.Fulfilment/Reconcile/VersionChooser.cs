using NaaS.Helm.Versions;

namespace NaaS.Fulfilment.Reconcile;

/// <summary>Which version an automatic service takes. Pure.</summary>
internal static class VersionChooser
{
    /// <summary>The newest version above the running one that is not known to be bad; null where there is none.</summary>
    /// <param name="versions">Versions inside the ordered range.</param>
    /// <param name="running">The running one.</param>
    /// <param name="bad">Those that failed.</param>
    public static string? Newer(IEnumerable<string> versions, string running, IReadOnlySet<string> bad) =>
        SemanticVersion.TryParse(running, out var now)
            ? versions.Where(version => !bad.Contains(version))
                .Select(version => SemanticVersion.TryParse(version, out var parsed) ? parsed : null)
                .OfType<SemanticVersion>()
                .Where(version => version > now)
                .MaxBy(version => version)?.Original
            : null;
}
