using NaaS.Helm.Go;

namespace NaaS.Helm.Rendering;

/// <summary>A chart as the template engine takes it: dependencies, aliases and conditions are settled.</summary>
internal sealed record RenderChart
{
    /// <summary>Name or alias.</summary>
    public required string Name { get; init; }

    /// <summary>Path in the release: <c>parent/charts/sub</c>.</summary>
    public required string Path { get; init; }

    /// <summary><c>.Chart</c>: Go field names, zero values included, plus IsRoot.</summary>
    public required GoMap Metadata { get; init; }

    /// <summary>Whether only its <c>_*</c> files count.</summary>
    public bool IsLibrary { get; init; }

    /// <summary>Files of templates/, names relative to the chart; data without BOM.</summary>
    public required IReadOnlyList<RenderFile> Templates { get; init; }

    /// <summary>What <c>.Files</c> sees.</summary>
    public required IReadOnlyList<RenderFile> Files { get; init; }

    /// <summary>Files of crds/ that Helm installs, in Helm's order.</summary>
    public required IReadOnlyList<RenderFile> Crds { get; init; }

    /// <summary>Enabled sub charts in Helm's order.</summary>
    public required IReadOnlyList<RenderChart> Dependencies { get; init; }
}

/// <summary>A chart with its values, ready for the template engine.</summary>
/// <param name="Chart">The chart tree without disabled sub charts.</param>
/// <param name="Values">Coalesced values of type <c>common.Values</c>; a fresh copy that templates may change.</param>
/// <param name="KubeVersion">Kubernetes version as given, with a leading v.</param>
internal sealed record RenderInput(RenderChart Chart, GoMap Values, string KubeVersion);
