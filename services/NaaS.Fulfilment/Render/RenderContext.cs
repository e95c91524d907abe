using System.Text.Json.Nodes;
using NaaS.Helm.Releases;

namespace NaaS.Fulfilment.Render;

/// <summary>What a rendering depends on besides the chart and the intent.</summary>
public sealed record RenderContext
{
    /// <summary>Number of the revision, <c>.Release.Revision</c>; above 1 it is an upgrade.</summary>
    public required int Revision { get; init; }

    /// <summary>When the service was made: what <c>now</c> answers in every revision, so that a change never rolls certificates and dates.</summary>
    public required DateTimeOffset Born { get; init; }

    /// <summary>Objects of the last good revision, which <c>lookup</c> answers from; empty for the first.</summary>
    public IReadOnlyList<JsonObject> Previous { get; init; } = [];

    /// <summary>What <c>.Capabilities</c> tells: the baseline of the clusters in use.</summary>
    public Capabilities Capabilities { get; init; } = Capabilities.Default;

    /// <summary>Bounds on the rendering.</summary>
    public RenderLimits Limits { get; init; } = new();
}
