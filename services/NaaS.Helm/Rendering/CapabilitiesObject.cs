using NaaS.Helm.Go;
using NaaS.Helm.Templates;
using NaaS.Helm.Versions;

namespace NaaS.Helm.Rendering;

/// <summary><c>.Capabilities</c>: a pointer to Helm's struct.</summary>
internal sealed class CapabilitiesObject(string kubeVersion, IEnumerable<string> apiVersions) : EngineObject
{
    private readonly KubeVersionObject kube = new(SemanticVersion.Parse(kubeVersion));
    private readonly VersionSetObject apis = new([.. BuiltinApis.Names, .. apiVersions]);

    public override string TypeName => "*common.Capabilities";

    public override string Kind => "ptr";

    public override IReadOnlyList<KeyValuePair<string, object?>> Fields =>
        [new("KubeVersion", kube), new("APIVersions", apis), new("HelmVersion", HelmVersionObject.Instance)];

    public override object? JsonValue => new GoFields { { "KubeVersion", kube }, { "APIVersions", apis }, { "HelmVersion", HelmVersionObject.Instance } };

    public override bool TryGetField(string name, out object? value)
    {
        value = name switch { "KubeVersion" => kube, "APIVersions" => apis, "HelmVersion" => HelmVersionObject.Instance, _ => null };
        return value is not null;
    }
}

/// <summary><c>.Capabilities.KubeVersion</c>: printed on its own it is the bare version, without a distribution's suffix.</summary>
internal sealed class KubeVersionObject(SemanticVersion version) : EngineObject
{
    private readonly string full = version.Original;
    private readonly string bare = $"v{version.Major}.{version.Minor}.{version.Patch}";
    private readonly string major = version.Major.ToString(System.Globalization.CultureInfo.InvariantCulture);
    private readonly string minor = version.Minor.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public override string TypeName => "common.KubeVersion";

    public override string? PointerText => bare;

    public override IReadOnlyList<KeyValuePair<string, object?>> Fields =>
        [new("Version", full), new("normalizedVersion", bare), new("Major", major), new("Minor", minor)];

    public override object? JsonValue => new GoFields { { "Version", full }, { "Major", major }, { "Minor", minor } };

    public override GoFunction? Method(string name) => name switch
    {
        "GitVersion" => Bind(name, () => full),
        "String" => Bind(name, () => bare),
        _ => null,
    };

    public override bool TryGetField(string name, out object? value)
    {
        value = name switch { "Version" => full, "Major" => major, "Minor" => minor, _ => null };
        return value is not null;
    }
}

/// <summary><c>.Capabilities.APIVersions</c>.</summary>
internal sealed class VersionSetObject(string[] names) : EngineObject
{
    public override string TypeName => "common.VersionSet";

    public override string Kind => "slice";

    public override int Length => names.Length;

    public override IReadOnlyList<KeyValuePair<string, object?>> Fields => Array.ConvertAll(names, name => new KeyValuePair<string, object?>("", name));

    public override object? JsonValue => Functions.ListFunctions.OfStrings(names);

    public override IEnumerable<KeyValuePair<object?, object?>>? Elements => names.Select((name, i) => new KeyValuePair<object?, object?>((nint)i, name));

    public override bool TryIndex(object key, out object? value)
    {
        value = names[(int)(nint)key];
        return true;
    }

    public override GoFunction? Method(string name) => name == "Has" ? Bind(name, wanted => Array.IndexOf(names, wanted) >= 0) : null;
}

/// <summary><c>.Capabilities.HelmVersion</c>: the version whose behaviour this engine has.</summary>
internal sealed class HelmVersionObject : EngineObject
{
    public static readonly HelmVersionObject Instance = new();

    private const string Version = "v4.1.4";
    private const string Commit = "05fa37973dc9e42b76e1d2883494c87174b6074f";
    private const string Go = "go1.25.9";
    private const string KubeClient = "v1.35";

    public override string TypeName => "version.BuildInfo";

    public override IReadOnlyList<KeyValuePair<string, object?>> Fields =>
        [new("Version", Version), new("GitCommit", Commit), new("GitTreeState", "clean"), new("GoVersion", Go), new("KubeClientVersion", KubeClient)];

    public override object? JsonValue => new GoFields
    {
        { "version", Version }, { "git_commit", Commit }, { "git_tree_state", "clean" }, { "go_version", Go }, { "kube_client_version", KubeClient },
    };

    public override bool TryGetField(string name, out object? value)
    {
        value = name switch { "Version" => Version, "GitCommit" => Commit, "GitTreeState" => "clean", "GoVersion" => Go, "KubeClientVersion" => KubeClient, _ => null };
        return value is not null;
    }
}
