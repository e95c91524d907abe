using NaaS.Helm.Go;

namespace NaaS.Helm.Charts;

/// <summary>A chart that another one needs, as Chart.yaml or requirements.yaml names it.</summary>
internal sealed record ChartDependency
{
    public string Name { get; init; } = "";

    public string Version { get; init; } = "";

    public string Repository { get; init; } = "";

    /// <summary>Comma-separated paths of values that decide whether the chart is enabled.</summary>
    public string Condition { get; init; } = "";

    public IReadOnlyList<string> Tags { get; init; } = [];

    public bool Enabled { get; init; }

    /// <summary>Names, or maps with <c>child</c> and <c>parent</c>.</summary>
    public IReadOnlyList<object?> ImportValues { get; init; } = [];

    public string Alias { get; init; } = "";

    /// <summary>An element of <c>.Chart.Dependencies</c>.</summary>
    public GoMap ToMap()
    {
        var tags = new GoList();
        tags.AddRange(Tags);
        var imports = new GoList();
        imports.AddRange(ImportValues);
        return new GoMap
        {
            ["Name"] = Name,
            ["Version"] = Version,
            ["Repository"] = Repository,
            ["Condition"] = Condition,
            ["Tags"] = tags,
            ["Enabled"] = Enabled,
            ["ImportValues"] = imports,
            ["Alias"] = Alias,
        };
    }
}
