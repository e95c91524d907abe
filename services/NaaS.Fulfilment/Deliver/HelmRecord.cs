using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NaaS.Fulfilment.Reconcile;
using NaaS.Fulfilment.Translate;
using NaaS.Helm.Releases;

namespace NaaS.Fulfilment.Deliver;

/// <summary>
/// What Helm is told of a release: its own Secrets lie on each cluster, one for each of the last ten good revisions, so that <c>helm list</c>,
/// <c>history</c> and <c>get</c> work there. Those of earlier revisions have values, but no manifest.
/// </summary>
/// <param name="Revision">Our revision.</param>
/// <param name="Born">When the service was made.</param>
/// <param name="At">When the revision was made.</param>
/// <param name="Chart">The chart's metadata.</param>
/// <param name="Values">Values as given.</param>
internal sealed record HelmRecord(int Revision, DateTimeOffset Born, DateTimeOffset At, JsonObject Chart, JsonObject Values)
{
    // As many as Helm keeps (helm upgrade --history-max).
    private const int MostRevisions = 10;

    // Beyond this the Secret would crowd the works: the manifests are left out then.
    private const int Largest = 64_000;

    private static readonly ConditionalWeakTable<Design, ConcurrentDictionary<string, IReadOnlyList<JsonObject>>> Known = [];

    /// <summary>The good revisions before this one, oldest first.</summary>
    public IReadOnlyList<HelmRecord> Earlier { get; init; } = [];

    /// <summary>This record as the one that follows <paramref name="good"/>.</summary>
    public HelmRecord After(HelmRecord? good) =>
        this with { Earlier = good is null ? [] : [.. good.Earlier.Append(good with { Earlier = [] }).TakeLast(MostRevisions - 1)] };

    /// <summary>The Secrets for a cluster, packed once for each design and its places.</summary>
    public static IReadOnlyList<JsonObject> SecretsFor(PlacedDesign placed, string cluster, IReadOnlyList<JsonObject> objects) =>
        placed.Design.Helm is not { } record
            ? []
            : Known.GetOrCreateValue(placed.Design).GetOrAdd(
                $"{cluster}/{string.Join(',', placed.Places.OrderBy(place => place.Key, StringComparer.Ordinal).Select(place => place.Value))}",
                _ => record.Secrets(placed, objects));

    // None where no object is in the release's namespace, which need not be there then.
    private IReadOnlyList<JsonObject> Secrets(PlacedDesign placed, IReadOnlyList<JsonObject> objects)
    {
        var intent = placed.Design.Intent;
        if (!intent.OwnsNamespace && !objects.Any(o => (string?)o["metadata"]?["namespace"] == intent.Namespace))
        {
            return [];
        }

        var release = Release(intent) with { Manifest = Manifest((string?)Chart["name"] ?? "", objects), Notes = placed.Design.Notes };
        var secret = release.ToSecret();
        var isSmall = Encoding.UTF8.GetByteCount(secret.ToJsonString()) <= Largest;
        return
        [
            .. Earlier.Select(record => (record.Release(intent) with { IsSuperseded = true }).ToSecret()),
            isSmall ? secret : Release(intent).ToSecret(),
        ];
    }

    private StoredRelease Release(DeploymentIntent intent) => new()
    {
        Name = intent.ReleaseName,
        Namespace = intent.Namespace,
        Revision = Revision,
        FirstDeployed = Born,
        LastDeployed = At,
        Chart = Chart,
        Values = Values,
        Manifest = "",
    };

    // JSON is YAML; one line per object.
    private static string Manifest(string chart, IReadOnlyList<JsonObject> objects) =>
        string.Concat(objects.Select(o => $"---\n# Source: {chart}\n{o.ToJsonString(Readable)}\n"));

    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
