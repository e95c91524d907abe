using Microsoft.Extensions.Options;
using NaaS.ClusterHub.Connection;
using NaaS.Contracts;
using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Place;
using NaaS.Fulfilment.Render;
using NaaS.Fulfilment.Translate;

namespace NaaS.Fulfilment.Reconcile;

/// <summary>The first four verbs: translate, render, bundle, and place as far as rules go.</summary>
internal sealed class Designer(ReleaseSource releases, IOptions<FulfilmentOptions> options, IOptions<HubOptions> hub)
{
    /// <summary>Designs a revision. Throws a <see cref="RefusalException"/> where what is wanted cannot be.</summary>
    public async Task<Design> DesignAsync(DesignRequest request, CancellationToken cancellationToken)
    {
        var intent = Translator.Translate(request.ServiceId, request.ServiceName, request.Characteristics, options.Value.Translate);
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
        return new()
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
    Guid ServiceId, string ServiceName, DateTimeOffset Born, IReadOnlyList<ServiceCharacteristic> Characteristics, int Revision, Design? Good);
