using NaaS.Helm.Charts;

namespace NaaS.Helm.Releases;

/// <summary>Renders in this process, with nothing installed.</summary>
public sealed class BuiltInRenderer : IReleaseRenderer
{
    /// <inheritdoc/>
    public Task<RenderedRelease> RenderAsync(Chart chart, ReleaseRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(HelmRenderer.Render(chart, request, null, cancellationToken));
}
