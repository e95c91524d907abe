using NaaS.Fulfilment.Render;
using NaaS.Fulfilment.Translate;
using NaaS.Helm;
using NaaS.Helm.Releases;
using NaaS.Helm.Sources;

namespace NaaS.Fulfilment.Reconcile;

/// <summary>Releases from charts as they are: fetched and rendered.</summary>
internal sealed class ChartReleases(ChartFetcher charts, IReleaseRenderer renderer)
{
    /// <summary>Fetches the intent's chart and renders it.</summary>
    public async Task<Release> GetAsync(DeploymentIntent intent, RenderContext context, CancellationToken cancellationToken)
    {
        try
        {
            var chart = await charts.FetchAsync(intent.Chart, cancellationToken);
            return await ReleaseFactory.RenderAsync(renderer, intent, chart, context, cancellationToken);
        }
        catch (HelmException exception) when (exception is not ChartUnavailableException)
        {
            throw new RenderException(exception.Message, exception);
        }
    }
}
