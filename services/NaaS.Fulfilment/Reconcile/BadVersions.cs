using NaaS.Contracts;
using NaaS.Fulfilment.Storage;
using NaaS.Helm.Charts;

namespace NaaS.Fulfilment.Reconcile;

/// <summary>Chart versions that failed when they were taken automatically, so that they are not taken again; an operator's retry forgets them.</summary>
internal static class BadVersions
{
    private const string Prefix = "version ";

    /// <summary>Cause of a revision that takes a new version.</summary>
    public static Cause CauseFor(string version) => new(CauseKind.Worker, Prefix + version);

    /// <summary>The version that a cause took; null where it is another cause.</summary>
    public static string? VersionOf(Cause cause) =>
        cause.Kind == CauseKind.Worker && cause.Id.StartsWith(Prefix, StringComparison.Ordinal) ? cause.Id[Prefix.Length..] : null;

    /// <summary>Bad versions of a chart.</summary>
    public static IReadOnlySet<string> Of(ServiceRecord service, ChartReference chart) =>
        All(service).Where(bad => bad.Chart == Name(chart)).Select(bad => bad.Version).ToHashSet(StringComparer.Ordinal);

    /// <summary>Remembers a version as bad.</summary>
    public static void Add(ServiceRecord service, ChartReference chart, string version, string reason, DateTimeOffset now) =>
        service.BadVersions = Json.Write(All(service).Where(bad => (bad.Chart, bad.Version) != (Name(chart), version)).Append(new(Name(chart), version, reason, now)));

    private static List<BadVersion> All(ServiceRecord service) => service.BadVersions is { } stored ? Json.Read<List<BadVersion>>(stored) : [];

    private static string Name(ChartReference chart) => $"{chart.Repository} {chart.Name}";
}

/// <summary>A chart version that failed.</summary>
internal sealed record BadVersion(string Chart, string Version, string Reason, DateTimeOffset At);
