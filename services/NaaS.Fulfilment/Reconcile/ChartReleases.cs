using NaaS.Fulfilment.Render;
using NaaS.Fulfilment.Translate;
using NaaS.Helm;
using NaaS.Helm.Sources;

namespace NaaS.Fulfilment.Reconcile;

/// <summary>Releases from charts as they are: fetched and rendered.</summary>
internal static class ChartReleases
{
    /// <summary>Fetches the intent's chart and renders it.</summary>
    public static async Task<Release> GetAsync(ChartFetcher charts, DeploymentIntent intent, RenderContext context, CancellationToken cancellationToken)
    {
        try
        {
            return ReleaseFactory.Render(intent, await charts.FetchAsync(intent.Chart, cancellationToken), context);
        }
        catch (HelmException exception) when (exception is not ChartUnavailableException)
        {
            throw new RenderException(exception.Message, exception);
        }
    }
}
