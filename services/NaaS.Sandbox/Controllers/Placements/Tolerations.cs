using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Placements;

/// <summary>Taints of clusters against the Placement's tolerations.</summary>
internal static class Tolerations
{
    private const string Plugin = "TaintToleration";

    /// <summary>Clusters whose taints are tolerated. NoSelectIfNew spares decided ones, PreferNoSelect does nothing.</summary>
    public static List<Candidate> Filter(
        JsonNode? spec, List<Candidate> clusters, IReadOnlySet<string> decided, DateTimeOffset now, out DateTimeOffset? recheckAt)
    {
        var tolerations = spec.Items("tolerations").ToList();
        tolerations.ForEach(Check);
        var soonest = default(DateTimeOffset?);
        var kept = clusters.Where(cluster => cluster.Taints.All(taint => Bearable(cluster, taint))).ToList();
        recheckAt = soonest;
        return kept;

        bool Bearable(Candidate cluster, JsonNode taint)
        {
            switch (taint.Str("effect"))
            {
                case "PreferNoSelect":
                case "NoSelectIfNew" when decided.Contains(cluster.Name):
                    return true;
            }

            var ends = tolerations.Where(toleration => Covers(toleration, taint)).Select(toleration => End(toleration, taint)).ToList();
            if (ends.Count == 0 || ends.Contains(null))
            {
                return ends.Count > 0;
            }

            var last = ends.Max();
            if (last <= now)
            {
                return false;
            }

            soonest = soonest is null || last < soonest ? last : soonest;
            return true;
        }
    }

    private static void Check(JsonNode toleration)
    {
        var exists = toleration.Str("operator") == "Exists";
        if (exists && toleration.Str("value") is { Length: > 0 })
        {
            throw new MisconfiguredException(Plugin, "If the operator is Exists, the value should be empty.");
        }

        if (!exists && toleration.Str("key") is not { Length: > 0 })
        {
            throw new MisconfiguredException(Plugin, "If the key is empty, operator must be Exists.");
        }
    }

    private static bool Covers(JsonNode toleration, JsonNode taint) =>
        (toleration.Str("effect") is not { Length: > 0 } effect || effect == taint.Str("effect"))
        && (toleration.Str("key") is not { Length: > 0 } key || key == taint.Str("key"))
        && (toleration.Str("operator") == "Exists" || (toleration.Str("value") ?? "") == (taint.Str("value") ?? ""));

    private static DateTimeOffset? End(JsonNode toleration, JsonNode taint) =>
        toleration.Int("tolerationSeconds") is { } seconds && taint.Instant("timeAdded") is { } added
            ? added.AddSeconds(seconds) : null;
}
