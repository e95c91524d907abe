using System.Text.Json.Nodes;
using NaaS.Fulfilment.Translate;
using NaaS.Helm;
using NaaS.Helm.Charts;
using NaaS.Helm.Releases;

namespace NaaS.Fulfilment.Render;

/// <summary>Second step of fulfilment: chart and values become the release's objects.</summary>
internal static class ReleaseFactory
{
    /// <summary>
    /// Renders the chart. The same intent, chart and context always give the same release. Throws <see cref="RenderException"/> in plain words where
    /// the chart does not render with these values, breaks its own schema, or renders what no cluster would take.
    /// </summary>
    public static async Task<Release> RenderAsync(
        IReleaseRenderer renderer, DeploymentIntent intent, FetchedChart chart, RenderContext context, CancellationToken cancellationToken)
    {
        try
        {
            var request = RequestFor(intent, context);
            return ReleaseOf(await renderer.RenderAsync(chart.Chart, request, cancellationToken), intent, chart) with
            {
                Chart = StoredRelease.MetadataOf(chart.Chart),
                Values = StoredRelease.ValuesOf(request),
            };
        }
        catch (HelmException e)
        {
            // Helm's words, in one line: they end in notes and notifications.
            var reason = string.Join(' ', e.Message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
            throw new RenderException($"chart {chart.Chart.Name} {chart.Version} does not render: {reason}", e);
        }
    }

    /// <summary>What the Helm engine is asked for.</summary>
    public static ReleaseRequest RequestFor(DeploymentIntent intent, RenderContext context) => new()
    {
        Name = intent.ReleaseName,
        Namespace = intent.Namespace,
        Revision = context.Revision,
        IsUpgrade = context.Revision > 1,
        Values = intent.Values.Length == 0 ? [] : [intent.Values],
        Set = KnobValues.Of(intent),
        Capabilities = context.Capabilities,
        Lookup = new PreviousObjects(context.Previous).Find,
        Seed = new(intent.ServiceId.ToString("N"), context.Born),
        Limits = context.Limits,
    };

    /// <summary>The release of what the Helm engine rendered.</summary>
    public static Release ReleaseOf(RenderedRelease rendered, DeploymentIntent intent, FetchedChart chart)
    {
        IReadOnlyList<JsonObject> crds = [.. rendered.Crds.SelectMany(manifest => ObjectLists.Flatten(manifest.Object))];
        IReadOnlyList<JsonObject> manifests = [.. rendered.Manifests.SelectMany(manifest => ObjectLists.Flatten(manifest.Object))];
        var scopes = new ObjectScopes([.. crds, .. manifests]);
        IReadOnlyList<JsonObject> objects = [.. manifests.Select(manifest => scopes.InNamespace(manifest, intent.Namespace))];
        IReadOnlyList<ReleaseHook> hooks =
        [
            .. rendered.Hooks
                .Where(hook => hook.Events.Any(name => name != "test"))
                .Select(hook => new ReleaseHook(
                    scopes.InNamespace(hook.Manifest.Object, intent.Namespace), hook.Events, hook.Weight, hook.DeletePolicies)),
        ];
        ReleaseChecks.Check([.. crds, .. objects]);
        return new()
        {
            Name = intent.ReleaseName,
            Namespace = intent.Namespace,
            ChartVersion = chart.Version,
            ChartDigest = chart.Digest,
            Digest = Digests.Of([.. crds, .. objects, .. hooks.Select(hook => hook.Object)]),
            Objects = objects,
            Hooks = hooks,
            Crds = crds,
            Notes = rendered.Notes,
        };
    }
}
