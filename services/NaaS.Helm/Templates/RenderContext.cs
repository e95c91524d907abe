using NaaS.Helm.Releases;

namespace NaaS.Helm.Templates;

/// <summary>What functions need to know of the release that is being rendered.</summary>
internal sealed record RenderContext
{
    /// <summary>Bounds.</summary>
    public required RenderLimits Limits { get; init; }

    /// <summary>Answers <c>lookup</c>; null finds nothing.</summary>
    public ClusterLookup? Lookup { get; init; }

    /// <summary>Random numbers, seeded or not.</summary>
    public required Functions.Randomness Random { get; init; }

    /// <summary>What <c>now</c> answers.</summary>
    public required Func<DateTimeOffset> Now { get; init; }

    /// <summary>Parsed texts, kept from render to render.</summary>
    public required ParsedTemplates Parsed { get; init; }

    /// <summary>Stops the rendering.</summary>
    public CancellationToken Cancellation { get; init; }
}
