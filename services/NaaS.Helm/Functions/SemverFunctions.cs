using NaaS.Helm.Go;
using NaaS.Helm.Templates;
using NaaS.Helm.Versions;

namespace NaaS.Helm.Functions;

/// <summary>Masterminds semver in templates.</summary>
internal static class SemverFunctions
{
    public static void Register(FunctionBuilder table)
    {
        table.Add("semver", [GoType.String], (_, args) => new GoVersion(Parse((string)args[0]!)));
        table.Add("semverCompare", [GoType.String, GoType.String], (_, args) => Compare((string)args[0]!, (string)args[1]!));
    }

    private static SemanticVersion Parse(string text) => Translate(() => SemanticVersion.Parse(text));

    private static bool Compare(string constraint, string version)
    {
        var parsed = Translate(() => VersionConstraint.Parse(constraint));
        return parsed.Accepts(Parse(version));
    }

    private static T Translate<T>(Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (HelmException error)
        {
            throw new FunctionException(error.Message);
        }
    }
}

/// <summary>A version as a template holds it: <c>*semver.Version</c>.</summary>
internal sealed class GoVersion(SemanticVersion version) : EngineObject
{
    public SemanticVersion Version { get; } = version;

    /// <summary>Whether it is no pointer, as the methods give it that raise a version.</summary>
    public bool IsPlain { get; init; }

    public override string TypeName => IsPlain ? "semver.Version" : "*semver.Version";

    public override string Kind => IsPlain ? "struct" : "ptr";

    public override string? Text => Version.ToString();

    public override object? JsonValue => Text;

    public override IReadOnlyList<KeyValuePair<string, object?>> Fields =>
    [
        new("major", Version.Major), new("minor", Version.Minor), new("patch", Version.Patch),
        new("pre", Version.Prerelease), new("metadata", Version.Metadata), new("original", Version.Original),
    ];

    public override GoFunction? Method(string name) => name switch
    {
        "Major" => Bind(name, () => Version.Major),
        "Minor" => Bind(name, () => Version.Minor),
        "Patch" => Bind(name, () => Version.Patch),
        "Prerelease" => Bind(name, () => Version.Prerelease),
        "Metadata" => Bind(name, () => Version.Metadata),
        "Original" => Bind(name, () => Version.Original),
        "String" => Bind(name, () => Version.ToString()),
        "IncMajor" or "IncMinor" or "IncPatch" => Bind(name, () => new GoVersion(Increased(name)) { IsPlain = true }),
        "Compare" => WithOther(name, other => (nint)Math.Sign(Version.CompareTo(other))),
        "LessThan" => WithOther(name, other => Version < other),
        "LessThanEqual" => WithOther(name, other => Version <= other),
        "GreaterThan" => WithOther(name, other => Version > other),
        "GreaterThanEqual" => WithOther(name, other => Version >= other),
        "Equal" => WithOther(name, other => Version.SamePrecedence(other)),
        _ => null,
    };

    private SemanticVersion Increased(string method)
    {
        string text = method switch
        {
            "IncMajor" => $"{Version.Major + 1}.0.0",
            "IncMinor" => $"{Version.Major}.{Version.Minor + 1}.0",
            _ => Version.Prerelease.Length > 0 ? $"{Version.Major}.{Version.Minor}.{Version.Patch}" : $"{Version.Major}.{Version.Minor}.{Version.Patch + 1}",
        };
        return SemanticVersion.Parse((Version.Original.StartsWith('v') ? "v" : "") + text);
    }

    private static GoFunction WithOther(string name, Func<SemanticVersion, object?> body) => new(name, [GoType.Any], false, (_, args) =>
        args[0] is GoVersion { IsPlain: false } other ? body(other.Version) : throw new FunctionException($"wrong type for value; expected *semver.Version; got {GoTypes.TypeName(args[0])}"));
}
