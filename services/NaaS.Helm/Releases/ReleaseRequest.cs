namespace NaaS.Helm.Releases;

/// <summary>What a release is rendered from, besides its chart. Texts are ordinary .NET text.</summary>
public sealed record ReleaseRequest
{
    /// <summary>Release name, at most 53 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Release namespace.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary><c>.Release.Revision</c>.</summary>
    public int Revision { get; init; } = 1;

    /// <summary><c>.Release.IsUpgrade</c>; its opposite is <c>.Release.IsInstall</c>.</summary>
    public bool IsUpgrade { get; init; }

    /// <summary>YAML values documents; later ones win, as with several <c>-f</c>.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>What error texts call the values documents, such as their file names; those without are "values".</summary>
    public IReadOnlyList<string> ValuesNames { get; init; } = [];

    /// <summary>Single values laid over the documents, as with <c>--set</c>, <c>--set-string</c> and <c>--set-json</c>.</summary>
    public IReadOnlyList<SetValue> Set { get; init; } = [];

    /// <summary>What <c>.Capabilities</c> tells.</summary>
    public Capabilities Capabilities { get; init; } = Capabilities.Default;

    /// <summary>Whether crds/ files are part of <see cref="RenderedRelease.Text"/>, as with <c>--include-crds</c>.</summary>
    public bool IncludeCrds { get; init; }

    /// <summary>Whether hooks are left out of <see cref="RenderedRelease.Text"/>, as with <c>--no-hooks</c>.</summary>
    public bool NoHooks { get; init; }

    /// <summary>Whether test hooks are left out of <see cref="RenderedRelease.Text"/>, as with <c>--skip-tests</c>.</summary>
    public bool SkipTests { get; init; }

    /// <summary>Templates that alone are part of <see cref="RenderedRelease.Text"/>, as with <c>-s templates/x.yaml</c>; all where empty.</summary>
    public IReadOnlyList<string> ShowOnly { get; init; } = [];

    /// <summary>Whether webhook configurations stand where Helm 3 puts them: last, among the kinds that it does not know.</summary>
    public bool Helm3 { get; init; }

    /// <summary>Whether values.schema.json is left unchecked, as with <c>--skip-schema-validation</c>.</summary>
    public bool SkipSchemaValidation { get; init; }

    /// <summary>Loads a schema that values.schema.json refers to on the web; null refuses such references.</summary>
    public Func<Uri, string>? SchemaLoader { get; init; }

    /// <summary>Answers <c>lookup apiVersion kind namespace name</c>; null answers with an empty map, as <c>helm template</c> does.</summary>
    public ClusterLookup? Lookup { get; init; }

    /// <summary>Seed of random and time functions, so that repeated renders agree; null is random, as Helm is.</summary>
    public RandomSeed? Seed { get; init; }

    /// <summary>Bounds on the rendering.</summary>
    public RenderLimits Limits { get; init; } = new();
}
