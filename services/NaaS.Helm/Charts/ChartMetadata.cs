using System.Buffers;
using System.Globalization;
using System.Text;
using NaaS.Helm.Go;
using NaaS.Helm.Versions;

namespace NaaS.Helm.Charts;

/// <summary>What Chart.yaml says. Texts are byte strings. Validation has the texts of Helm's pkg/chart/v2.</summary>
internal sealed record ChartMetadata
{
    private static readonly SearchValues<char> AliasCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");

    public string Name { get; init; } = "";

    public string Home { get; init; } = "";

    public IReadOnlyList<string> Sources { get; init; } = [];

    public string Version { get; init; } = "";

    public string Description { get; init; } = "";

    public IReadOnlyList<string> Keywords { get; init; } = [];

    public IReadOnlyList<ChartMaintainer?> Maintainers { get; init; } = [];

    public string Icon { get; init; } = "";

    public string ApiVersion { get; init; } = "";

    public string Condition { get; init; } = "";

    public string Tags { get; init; } = "";

    public string AppVersion { get; init; } = "";

    public bool Deprecated { get; init; }

    /// <summary>Null where Chart.yaml has none.</summary>
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    public string KubeVersion { get; init; } = "";

    /// <summary>Null where neither Chart.yaml nor requirements.yaml has the field.</summary>
    public IReadOnlyList<ChartDependency?>? Dependencies { get; init; }

    public string Type { get; init; } = "";

    public bool IsLibrary => string.Equals(Type, "library", StringComparison.OrdinalIgnoreCase);

    /// <summary>The metadata with harmless characters only, or the first thing that is wrong with it.</summary>
    /// <exception cref="ChartException">Something is missing or malformed.</exception>
    public ChartMetadata Validated()
    {
        var clean = this with
        {
            Name = Sanitize(Name),
            Description = Sanitize(Description),
            Home = Sanitize(Home),
            Icon = Sanitize(Icon),
            Condition = Sanitize(Condition),
            Tags = Sanitize(Tags),
            AppVersion = Sanitize(AppVersion),
            KubeVersion = Sanitize(KubeVersion),
            Sources = [.. Sources.Select(Sanitize)],
            Keywords = [.. Keywords.Select(Sanitize)],
        };
        Require(clean.ApiVersion.Length > 0, "chart.metadata.apiVersion is required");
        Require(clean.Name.Length > 0, "chart.metadata.name is required");
        Require(IsBaseName(clean.Name), $"chart.metadata.name \"{GoString.ToText(clean.Name)}\" is invalid");
        Require(clean.Version.Length > 0, "chart.metadata.version is required");
        Require(SemanticVersion.TryParse(clean.Version, out _), $"chart.metadata.version \"{GoString.ToText(clean.Version)}\" is invalid");
        Require(clean.Type is "" or "application" or "library", "chart.metadata.type must be application or library");
        return clean with
        {
            Maintainers = [.. clean.Maintainers.Select(m => m is null
                ? throw Invalid("maintainers must not contain empty or null nodes")
                : new ChartMaintainer(Sanitize(m.Name), Sanitize(m.Email), Sanitize(m.Url)))],
            Dependencies = ValidatedDependencies(),
        };
    }

    /// <summary><c>.Chart</c> as Helm 4 shows it to templates: Go field names, zero values included.</summary>
    public GoMap ToMap(bool isRoot, IReadOnlyList<ChartDependency>? dependencies) => new()
    {
        ["Name"] = Name,
        ["Home"] = Home,
        ["Sources"] = List(Sources),
        ["Version"] = Version,
        ["Description"] = Description,
        ["Keywords"] = List(Keywords),
        ["Maintainers"] = List(Maintainers.Select(m => new GoMap { ["Name"] = m!.Name, ["Email"] = m.Email, ["URL"] = m.Url })),
        ["Icon"] = Icon,
        ["APIVersion"] = ApiVersion,
        ["Condition"] = Condition,
        ["Tags"] = Tags,
        ["AppVersion"] = AppVersion,
        ["Deprecated"] = Deprecated,
        ["Annotations"] = AnnotationMap(),
        ["KubeVersion"] = KubeVersion,
        ["Dependencies"] = List((dependencies ?? []).Select(d => d.ToMap())),
        ["Type"] = Type,
        ["IsRoot"] = isRoot,
    };

    private List<ChartDependency?>? ValidatedDependencies()
    {
        if (Dependencies is null)
        {
            return null;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        var valid = new List<ChartDependency?>();
        foreach (var dependency in Dependencies)
        {
            var clean = (dependency ?? throw Invalid("dependencies must not contain empty or null nodes")) with
            {
                Name = Sanitize(dependency.Name),
                Version = Sanitize(dependency.Version),
                Repository = Sanitize(dependency.Repository),
                Condition = Sanitize(dependency.Condition),
                Tags = [.. dependency.Tags.Select(Sanitize)],
            };
            Require(
                !clean.Alias.AsSpan().ContainsAnyExcept(AliasCharacters),
                $"dependency \"{GoString.ToText(clean.Name)}\" has disallowed characters in the alias");
            var key = clean.Alias.Length > 0 ? clean.Alias : clean.Name;
            Require(
                names.Add(key),
                $"more than one dependency with name or alias \"{GoString.ToText(key)}\". "
                + "Try using distinct aliases for dependencies with the same chart name.");
            valid.Add(clean);
        }

        return valid;
    }

    private GoMap AnnotationMap()
    {
        var map = new GoMap(GoMap.OfStrings) { IsNil = Annotations is null };
        foreach (var (key, value) in Annotations ?? new Dictionary<string, string>())
        {
            map[key] = value;
        }

        return map;
    }

    private static GoList List(IEnumerable<object?> items)
    {
        var list = new GoList();
        list.AddRange(items);
        return list;
    }

    private static bool IsBaseName(string name) => name is not ("." or "..") && !name.Contains('/');

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw Invalid(message);
        }
    }

    private static ChartException Invalid(string message) => new("validation: " + message);

    /// <summary>White space becomes a blank; what cannot be printed goes.</summary>
    private static string Sanitize(string bytes)
    {
        if (Ascii.IsValid(bytes) && !bytes.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return bytes;
        }

        var clean = new StringBuilder();
        foreach (var rune in GoString.ToText(bytes).EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                clean.Append(' ');
            }
            else if (IsPrint(rune))
            {
                clean.Append(rune);
            }
        }

        return GoString.FromText(clean.ToString());
    }

    private static bool IsPrint(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
}

/// <summary>A person or group that looks after a chart.</summary>
internal sealed record ChartMaintainer(string Name, string Email, string Url);
