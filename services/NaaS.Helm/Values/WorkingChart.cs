using NaaS.Helm.Charts;
using NaaS.Helm.Go;

namespace NaaS.Helm.Values;

/// <summary>A chart while its dependencies are settled: what may change for one render stands beside the immutable chart.</summary>
internal sealed class WorkingChart
{
    public WorkingChart(Chart chart)
    {
        Chart = chart;
        Name = chart.Metadata.Name;
        Values = chart.Values;
        Requirements = chart.Metadata.Dependencies is { } all ? [.. all.Select(d => new WorkingDependency(d!))] : null;
        Dependencies = [.. chart.Dependencies.Select(d => new WorkingChart(d))];
    }

    public Chart Chart { get; }

    /// <summary>Name or alias.</summary>
    public string Name { get; private init; }

    /// <summary>Default values, with those imported from sub charts once that is done.</summary>
    public GoMap Values { get; set; }

    /// <summary>What Chart.yaml asks for; null where it says nothing.</summary>
    public List<WorkingDependency>? Requirements { get; set; }

    public List<WorkingChart> Dependencies { get; set; }

    /// <summary>A copy under an alias, empty for the same name.</summary>
    public WorkingChart Alias(string alias) => new(Chart) { Name = alias.Length > 0 ? alias : Name };
}

/// <summary>A dependency while it is settled.</summary>
internal sealed class WorkingDependency(ChartDependency declared)
{
    public ChartDependency Declared { get; } = declared;

    /// <summary>Name, then alias once that is settled.</summary>
    public string Name { get; set; } = declared.Name;

    public bool Enabled { get; set; } = declared.Enabled;

    /// <summary>Import rules as templates see them afterwards; null until they were applied.</summary>
    public List<object?>? Imported { get; set; }

    public ChartDependency Settled => Declared with { Name = Name, Enabled = Enabled, ImportValues = Imported ?? Declared.ImportValues };
}
