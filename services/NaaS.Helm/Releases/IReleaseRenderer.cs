using NaaS.Helm.Charts;

namespace NaaS.Helm.Releases;

/// <summary>Renders releases: in process (<see cref="BuiltInRenderer"/>) or with the <c>helm</c> command (<see cref="Command.HelmCommandRenderer"/>).</summary>
public interface IReleaseRenderer
{
    /// <summary>Renders a release.</summary>
    /// <exception cref="HelmException">Chart, values or templates are wrong (the text is Helm's), or a bound is crossed.</exception>
    Task<RenderedRelease> RenderAsync(Chart chart, ReleaseRequest request, CancellationToken cancellationToken);
}
