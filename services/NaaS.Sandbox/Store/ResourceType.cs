namespace NaaS.Sandbox.Store;

/// <summary>A kind of object that an API server stores: its REST coordinates and how it behaves.</summary>
/// <param name="Group">API group, empty for the core group.</param>
/// <param name="Version">Version in which objects are stored.</param>
/// <param name="Plural">Resource name in paths, e.g. <c>manifestworks</c>.</param>
/// <param name="Kind">Kind, e.g. <c>ManifestWork</c>.</param>
/// <param name="Namespaced">Whether objects live in a namespace.</param>
internal sealed record ResourceType(string Group, string Version, string Plural, string Kind, bool Namespaced)
{
    /// <summary>Whether status is written through its own subresource only.</summary>
    public bool HasStatus { get; init; }

    /// <summary>Whether metadata.generation counts the changes of what is wanted.</summary>
    public bool HasGeneration { get; init; }

    /// <summary>The scale subresource, or null.</summary>
    public ScalePaths? Scale { get; init; }

    /// <summary>Whether the kind was declared by a CustomResourceDefinition (OCM's kinds count as such).</summary>
    public bool Custom { get; init; }

    /// <summary>The versions served, the preferred one first.</summary>
    public IReadOnlyList<string> Versions { get; init; } = [Version];

    /// <summary>What kubectl prints of a custom kind; empty for name and age only.</summary>
    public IReadOnlyList<PrinterColumn> Columns { get; init; } = [];

    /// <summary>Names that kubectl accepts instead of the plural.</summary>
    public IReadOnlyList<string> ShortNames { get; init; } = [];

    /// <summary>Groups of kinds such as <c>all</c>.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Name of one object, e.g. <c>manifestwork</c>.</summary>
    public string Singular { get; init; } = Kind.ToLowerInvariant();

    /// <summary>Kind of a list of such objects.</summary>
    public string ListKind { get; init; } = Kind + "List";

    /// <summary>apiVersion of stored objects.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary><c>deployments.apps</c>; for the core group <c>pods</c>. Unique in one API server.</summary>
    public string GroupResource { get; } = Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <summary><c>Deployment.apps</c>; for the core group <c>Pod</c>.</summary>
    public string GroupKind => Group.Length == 0 ? Kind : $"{Kind}.{Group}";

    /// <inheritdoc/>
    public bool Equals(ResourceType? other) => other is not null && other.GroupResource == GroupResource;

    /// <inheritdoc/>
    public override int GetHashCode() => GroupResource.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => GroupResource;
}

/// <summary>A column of a custom kind's table.</summary>
/// <param name="Name">Heading.</param>
/// <param name="Type">string, integer, boolean or date.</param>
/// <param name="Path">JSON path of the value.</param>
/// <param name="Priority">0 is always shown, others with <c>-o wide</c>.</param>
internal sealed record PrinterColumn(string Name, string Type, string Path, int Priority = 0);

/// <summary>Where a kind's scale subresource reads and writes.</summary>
/// <param name="SpecReplicas">Path of the wanted number, e.g. <c>.spec.replicas</c>.</param>
/// <param name="StatusReplicas">Path of the number there is.</param>
/// <param name="Selector">Path of the pods' selector, or null.</param>
internal sealed record ScalePaths(string SpecReplicas, string StatusReplicas, string? Selector);
