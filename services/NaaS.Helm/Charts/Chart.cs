using NaaS.Helm.Go;
using NaaS.Helm.Rendering;
using NaaS.Helm.Schema;

namespace NaaS.Helm.Charts;

/// <summary>A parsed chart. Immutable: one instance may be rendered by many threads at once.</summary>
public sealed class Chart
{
    // Trees of templates, values and schemas beside the text that they were made from.
    private const int ParsedPerText = 3;
    private SchemaNode? compiledSchema;

    internal Chart(ChartMetadata metadata) => Metadata = metadata;

    /// <summary>Name from Chart.yaml.</summary>
    public string Name => GoString.ToText(Metadata.Name);

    /// <summary>Version from Chart.yaml.</summary>
    public string Version => GoString.ToText(Metadata.Version);

    /// <summary>Version of the application inside; empty where none is given.</summary>
    public string AppVersion => GoString.ToText(Metadata.AppVersion);

    /// <summary>One-sentence description; empty where none is given.</summary>
    public string Description => GoString.ToText(Metadata.Description);

    /// <summary>Whether the author has given the chart up.</summary>
    public bool IsDeprecated => Metadata.Deprecated;

    /// <summary>Text of values.yaml, comments and all; empty where the chart has none.</summary>
    public string ValuesText { get; internal init; } = "";

    /// <summary>Text of values.schema.json; null where the chart has none.</summary>
    public string? SchemaText { get; internal init; }

    /// <summary>Charts under charts/, ordered by folder or archive name.</summary>
    public IReadOnlyList<Chart> Dependencies { get; internal init; } = [];

    /// <summary>Sub charts that Chart.yaml asks for, whether they are under charts/ or not.</summary>
    public IReadOnlyList<DeclaredDependency> Declared =>
        [.. (Metadata.Dependencies ?? []).OfType<ChartDependency>().Select(d => new DeclaredDependency(GoString.ToText(d.Name), GoString.ToText(d.Version), GoString.ToText(d.Repository)))];

    /// <summary>Whether a sub chart that Chart.yaml asks for is not under charts/.</summary>
    public bool LacksDependencies => Declared.Any(declared => Dependencies.All(present => present.Name != declared.Name));

    internal ChartMetadata Metadata { get; }

    /// <summary>Default values; shared by all who hold the chart, so copied before anything is changed.</summary>
    internal GoMap Values { get; init; } = [];

    /// <summary>Files under templates/.</summary>
    internal IReadOnlyList<RenderFile> Templates { get; init; } = [];

    /// <summary>All other files, crds/ included, without those that Helm itself reads.</summary>
    internal IReadOnlyList<RenderFile> Files { get; init; } = [];

    /// <summary>The files that Helm itself reads: Chart.yaml, values.yaml, locks and the schema.</summary>
    internal IReadOnlyList<RenderFile> OwnFiles { get; init; } = [];

    /// <summary>About as many bytes of memory as the chart takes once it was rendered.</summary>
    internal long Memory => Templates.Concat(OwnFiles).Sum(file => file.Memory * ParsedPerText) + Files.Sum(file => file.Memory) + Dependencies.Sum(chart => chart.Memory);

    /// <summary>The chart with other charts under charts/.</summary>
    public Chart With(IReadOnlyList<Chart> dependencies) => new(Metadata)
    {
        ValuesText = ValuesText,
        SchemaText = SchemaText,
        Values = Values,
        Templates = Templates,
        Files = Files,
        OwnFiles = OwnFiles,
        Dependencies = dependencies,
    };

    /// <summary>The compiled values.schema.json, kept for the next render.</summary>
    internal SchemaNode CompiledSchema(Func<string, SchemaNode> compile) => compiledSchema ??= compile(SchemaText!);

    /// <summary>Files under crds/ that Helm installs.</summary>
    internal IReadOnlyList<RenderFile> Crds => field ??= [.. Files.Where(f =>
        f.Name.StartsWith("crds/", StringComparison.Ordinal)
        && Path.GetExtension(f.Name).ToUpperInvariant() is ".YAML" or ".YML" or ".JSON")];
}
