using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NaaS.Fulfilment.Reconcile;
using NaaS.Helm.Releases;

namespace NaaS.Fulfilment.Deliver;

/// <summary>What Helm is told of a release: its own Secret lies on each cluster, so that <c>helm list</c>, <c>history</c> and <c>get</c> work there.</summary>
/// <param name="Revision">Our revision.</param>
/// <param name="Born">When the service was made.</param>
/// <param name="At">When the revision was made.</param>
/// <param name="Chart">The chart's metadata.</param>
/// <param name="Values">Values as given.</param>
internal sealed record HelmRecord(int Revision, DateTimeOffset Born, DateTimeOffset At, JsonObject Chart, JsonObject Values)
{
    // Beyond this the Secret would crowd the works: the manifests are left out then.
    private const int Largest = 64_000;

    private static readonly ConditionalWeakTable<Design, ConcurrentDictionary<string, JsonObject?>> Known = [];

    /// <summary>The Secret for a cluster, packed once for each design and its places.</summary>
    public static JsonObject? SecretFor(PlacedDesign placed, string cluster, IReadOnlyList<JsonObject> objects) =>
        placed.Design.Helm is not { } record
            ? null
            : Known.GetOrCreateValue(placed.Design).GetOrAdd(
                $"{cluster}/{string.Join(',', placed.Places.OrderBy(place => place.Key, StringComparer.Ordinal).Select(place => place.Value))}",
                _ => record.Secret(placed, objects));

    // None where no object is in the release's namespace, which need not be there then.
    private JsonObject? Secret(PlacedDesign placed, IReadOnlyList<JsonObject> objects)
    {
        var intent = placed.Design.Intent;
        if (!intent.OwnsNamespace && !objects.Any(o => (string?)o["metadata"]?["namespace"] == intent.Namespace))
        {
            return null;
        }

        var release = new StoredRelease
        {
            Name = intent.ReleaseName,
            Namespace = intent.Namespace,
            Revision = Revision,
            FirstDeployed = Born,
            LastDeployed = At,
            Chart = Chart,
            Values = Values,
            Manifest = Manifest((string?)Chart["name"] ?? "", objects),
            Notes = placed.Design.Notes,
        };
        var secret = release.ToSecret();
        return Encoding.UTF8.GetByteCount(secret.ToJsonString()) <= Largest ? secret : (release with { Manifest = "", Notes = null }).ToSecret();
    }

    // JSON is YAML; one line per object.
    private static string Manifest(string chart, IReadOnlyList<JsonObject> objects) =>
        string.Concat(objects.Select(o => $"---\n# Source: {chart}\n{o.ToJsonString(Readable)}\n"));

    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
