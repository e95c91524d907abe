using Microsoft.Extensions.Options;
using NaaS.ClusterHub.Connection;
using NaaS.Contracts;
using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Deliver;
using NaaS.Fulfilment.Place;
using NaaS.Fulfilment.Render;
using NaaS.Fulfilment.Translate;
using NaaS.Helm.Charts;

namespace NaaS.Fulfilment.Reconcile;

/// <summary>The first four verbs: translate, render, bundle, and place as far as rules go.</summary>
internal sealed class Designer(
    ReleaseSource releases, VersionSource versions, ClusterList clusters, IOptions<FulfilmentOptions> options, IOptions<HubOptions> hub, TimeProvider time)
{
    /// <summary>Designs a revision. Throws a <see cref="RefusalException"/> where what is wanted cannot be.</summary>
    public async Task<Design> DesignAsync(DesignRequest request, CancellationToken cancellationToken)
    {
        var intent = Translator.Translate(request.ServiceId, request.ServiceName, request.Characteristics, options.Value.Translate)
            with
        { Inactive = request.Inactive };
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
        var rendered = await releases(intent with { Chart = await ChartAsync(intent, request, cancellationToken) }, context, cancellationToken);
        var release = intent.Inactive ? Suspension.Of(rendered) : rendered;
        TenantGuard.Check(release, options.Value.Guard);
        var bundle = Bundler.Bundle(request.ServiceId, release.Objects);
        var known = request.Good?.Groups.SelectMany(group => group.Components.Select(component => (component.Id, group.Name)))
            .DistinctBy(entry => entry.Id).ToDictionary(entry => entry.Id, entry => entry.Name) ?? [];
        var groups = Grouper.Group(bundle, intent.Placement, known, new() { ClusterSet = hub.Value.ClusterSet, Patience = options.Value.Patience });
        var design = new Design
        {
            Intent = intent,
            ChartVersion = release.ChartVersion,
            ChartDigest = release.ChartDigest,
            Digest = release.Digest,
            Groups = groups,
            Links = LinkFinder.Find(bundle),
            LinkPolicy = PolicyOf(hub.Value),
            Helm = options.Value.HelmReleases && release is { Chart: { } chart, Values: { } values }
                ? new HelmRecord(request.Revision, request.Born, time.GetUtcNow(), chart, values).After(request.Good?.Helm)
                : null,
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

    // A customer's change does not take a version that failed before, although the range has it.
    private async Task<ChartReference> ChartAsync(DeploymentIntent intent, DesignRequest request, CancellationToken cancellationToken)
    {
        if (request.Version is { } version)
        {
            return intent.Chart with { Version = version };
        }

        if (intent.UpdatePolicy != UpdatePolicy.Automatic || request.Bad(intent.Chart) is not { Count: > 0 } bad)
        {
            return intent.Chart;
        }

        var good = (await versions(intent.Chart, cancellationToken)).FirstOrDefault(version => !bad.Contains(version));
        return good is null ? intent.Chart : intent.Chart with { Version = good };
    }

    private static LinkPolicy PolicyOf(HubOptions hub) =>
        hub.MultiClusterServices ? LinkPolicy.Kept : hub.RefuseCutLinks ? LinkPolicy.Refused : LinkPolicy.Reported;
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

    /// <summary>Whether nothing of it shall run.</summary>
    public bool Inactive { get; init; }

    /// <summary>Chart version to take; null where the ordered one counts.</summary>
    public string? Version { get; init; }

    /// <summary>Versions of a chart that failed before.</summary>
    public Func<ChartReference, IReadOnlySet<string>> Bad { get; init; } = _ => new HashSet<string>();
}
