using NaaS.Helm.Sources;

namespace NaaS.Catalog.Publishing;

/// <summary>
/// Section <c>Catalogue</c>: whether and how a specification's chart is looked at when the specification is published. Where charts may come from is
/// the installation's affair: section <c>Fulfilment</c>, which the worker reads too.
/// </summary>
public sealed class ChartCheckOptions
{
    /// <summary>Whether charts are looked at; where not set, they are if <c>Fulfilment:Charts</c> says where charts may come from.</summary>
    public bool? CheckCharts { get; set; }

    /// <summary>How long a repository may take.</summary>
    public TimeSpan ChartTimeout { get; set; } = TimeSpan.FromSeconds(15);

    internal ChartSourceOptions Sources { get; set; } = new();

    internal string? Repository { get; set; }
}
