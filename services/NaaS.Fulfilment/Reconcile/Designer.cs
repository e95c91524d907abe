using Microsoft.Extensions.Options;
using NaaS.ClusterHub.Connection;
using NaaS.Contracts;
using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Place;
using NaaS.Fulfilment.Render;
using NaaS.Fulfilment.Translate;

namespace NaaS.Fulfilment.Reconcile;

/// <summary>The first four verbs: translate, render, bundle, and place as far as rules go.</summary>
internal sealed class Designer(
    ReleaseSource releases, ClusterList clusters, IOptions<FulfilmentOptions> options, IOptions<HubOptions> hub, TimeProvider time)
{
    /// <summary>Designs a revision. Throws a <see cref="RefusalException"/> where what is wanted cannot be.</summary>
    public async Task<Design> DesignAsync(DesignRequest request, CancellationToken cancellationToken)
    {
        var intent = Translator.Translate(request.ServiceId, request.ServiceName, request.Characteristics, options.Value.Translate);
        if (intent.Cluster is { } cluster)
        {
            return ClusterDesign.Of(intent, cluster, hub.Value.ClusterSet);
        }

        var context = new RenderContext
        {
            Revision = request.Revision,
            Born = request.Born,
            Capabilities = new(options.Value.KubeVersion, [.. options.Value.ApiVersions]),
            Limits = options.Value.RenderLimits,
            Previous = request.Good is null ? [] : [.. request.Good.Objects],
        };
        var release = await releases(intent, context, cancellationToken);
        TenantGuard.Check(release, options.Value.Guard);
        var bundle = Bundler.Bundle(request.ServiceId, release.Objects);
        var known = request.Good?.Groups.SelectMany(group => group.Components.Select(component => (component.Id, group.Name)))
            .DistinctBy(entry => entry.Id).ToDictionary(entry => entry.Id, entry => entry.Name) ?? [];
        var groups = Grouper.Group(bundle, intent.Placement, known, new() { ClusterSet = hub.Value.ClusterSet });
        var design = new Design
        {
            Intent = intent,
            ChartVersion = release.ChartVersion,
            ChartDigest = release.ChartDigest,
            Digest = release.Digest,
            Groups = groups,
            Links = LinkFinder.Find(bundle),
            Crds = release.Crds,
            Hooks = HookAssignment.Assign(bundle, release.Hooks, groups),
            Notes = release.Notes,
        };
        return await AvoidAsync(design, request.Good, request.Places, request.Avoided, cancellationToken);
    }

    /// <summary>The design whose groups keep off clusters on which they have just failed.</summary>
    public async Task<Design> AvoidAsync(
        Design design, Design? good, IReadOnlyDictionary<string, string> places, IReadOnlyList<AvoidedCluster> avoided, CancellationToken cancellationToken)
    {
        if (avoided.Count == 0)
        {
            return design;
        }

        var now = time.GetUtcNow();
        var present = (good?.Groups ?? []).Where(group => places.ContainsKey(group.Name))
            .SelectMany(group => group.Components, (group, component) => (component.Id, Cluster: places[group.Name]))
            .DistinctBy(place => place.Id)
            .ToDictionary(place => place.Id, place => place.Cluster);
        return Avoidance.Apply(design, present, avoided, await clusters.GetAsync(now, cancellationToken), now);
    }
}

/// <summary>What a revision is designed from.</summary>
/// <param name="ServiceId">The service.</param>
/// <param name="ServiceName">Its name as ordered.</param>
/// <param name="Born">When its first command came.</param>
/// <param name="Characteristics">What is wanted.</param>
/// <param name="Revision">Number of the revision.</param>
/// <param name="Good">The last good design; null before the first.</param>
internal sealed record DesignRequest(
    Guid ServiceId, string ServiceName, DateTimeOffset Born, IReadOnlyList<ServiceCharacteristic> Characteristics, int Revision, Design? Good)
{
    /// <summary>Where the good design is: cluster by group name.</summary>
    public IReadOnlyDictionary<string, string> Places { get; init; } = new Dictionary<string, string>();

    /// <summary>Clusters on which components have just failed.</summary>
    public IReadOnlyList<AvoidedCluster> Avoided { get; init; } = [];
}
