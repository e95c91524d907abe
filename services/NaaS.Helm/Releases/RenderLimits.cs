namespace NaaS.Helm.Releases;

/// <summary>Bounds on one rendering; crossing one is a <see cref="HelmException"/> that names it.</summary>
public sealed record RenderLimits
{
    /// <summary>Longest time.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Most template steps (nodes evaluated).</summary>
    public long Steps { get; init; } = 50_000_000;

    /// <summary>Most bytes of output over all templates.</summary>
    public long OutputBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Most memory that the templates may take in all, whether they keep it or not.</summary>
    public long AllocatedBytes { get; init; } = 1024 * 1024 * 1024;

    /// <summary>Deepest nesting of template, include and tpl together.</summary>
    public int Depth { get; init; } = 1000;

    /// <summary>Most elements that one function call (until, seq, repeat ...) may make.</summary>
    public int Elements { get; init; } = 1_000_000;
}
