namespace NaaS.Standalone.Template;

/// <summary>The flags of <c>helm template</c>, in three parts: those that matter, those that change nothing here, and those that are refused.</summary>
internal sealed class TemplateFlags
{
    // They speak of a cluster, of the release's record or of what is printed besides the manifests.
    private static readonly string[] WithoutEffect =
    [
        "create-namespace", "disable-openapi-validation", "force-conflicts", "force-replace", "generate-name,g", "hide-notes", "pass-credentials",
        "render-subchart-notes", "replace", "rollback-on-failure", "server-side", "skip-crds", "take-ownership", "wait-for-jobs",
        "atomic", "force", "kube-insecure-skip-tls-verify",
    ];

    private static readonly string[] TextsWithoutEffect =
    [
        "description", "keyring", "color", "colour", "content-cache", "kube-apiserver", "kube-as-group", "kube-as-user", "kube-ca-file",
        "kube-context", "kube-tls-server-name", "kube-token", "kubeconfig", "registry-config", "repository-cache",
    ];

    private static readonly string[] RefusedSwitches = ["enable-dns", "insecure-skip-tls-verify", "validate", "verify"];

    private static readonly string[] RefusedTexts = ["ca-file", "cert-file", "key-file", "name-template", "post-renderer", "post-renderer-args"];

    private readonly FlagSet flags = new();
    private readonly List<Flag> refused = [];

    public TemplateFlags()
    {
        ApiVersions = flags.Add(new("api-versions", 'a', FlagKind.CommaList));
        Debug = Switch("debug");
        DependencyUpdate = Switch("dependency-update");
        Devel = Switch("devel");
        DryRun = flags.Add(new("dry-run", '\0', FlagKind.Text) { Alone = "client" });
        Helm3 = Switch("helm3");
        IncludeCrds = Switch("include-crds");
        IsUpgrade = Switch("is-upgrade");
        KubeVersion = Text("kube-version");
        Namespace = flags.Add(new("namespace", 'n', FlagKind.Text));
        NoHooks = Switch("no-hooks");
        OutputDir = Text("output-dir");
        Password = Text("password");
        PlainHttp = Switch("plain-http");
        ReleaseName = Switch("release-name");
        Repo = Text("repo");
        RepositoryConfig = Text("repository-config");
        Set = List("set");
        SetFile = List("set-file");
        SetJson = List("set-json");
        SetLiteral = List("set-literal");
        SetString = List("set-string");
        ShowOnly = flags.Add(new("show-only", 's', FlagKind.List));
        SkipSchemaValidation = Switch("skip-schema-validation");
        SkipTests = Switch("skip-tests");
        Username = Text("username");
        Values = flags.Add(new("values", 'f', FlagKind.CommaList));
        Version = Text("version");
        Wait = flags.Add(new("wait", '\0', FlagKind.Text)
        {
            Alone = "watcher",
            Refuse = text => text is "watcher" or "hookOnly" or "legacy" or "true" or "false"
                ? null
                : $"invalid wait input \"{text}\". Valid inputs are watcher, hookOnly, and legacy",
        });
        GenerateName = AddPlain(WithoutEffect, FlagKind.Switch).Single(flag => flag.Name == "generate-name");
        AddPlain(TextsWithoutEffect, FlagKind.Text);
        flags.Add(new("burst-limit", '\0', FlagKind.Text) { Refuse = GoText.RefuseInteger });
        flags.Add(new("qps", '\0', FlagKind.Text) { Refuse = GoText.RefuseFloat });
        flags.Add(new("timeout", '\0', FlagKind.Text) { Refuse = GoText.RefuseDuration });
        flags.Add(new("labels", 'l', FlagKind.Text) { Refuse = text => text.Contains('=') ? null : $"{text} must be formatted as key=value" });
        refused.AddRange(AddPlain(RefusedSwitches, FlagKind.Switch));
        refused.AddRange(AddPlain(RefusedTexts, FlagKind.Text));
    }

    public IReadOnlyList<string> Arguments => flags.Arguments;

    public Flag ApiVersions { get; }

    public Flag Debug { get; }

    public Flag DependencyUpdate { get; }

    public Flag Devel { get; }

    public Flag DryRun { get; }

    public Flag GenerateName { get; }

    public Flag Helm3 { get; }

    public Flag IncludeCrds { get; }

    public Flag IsUpgrade { get; }

    public Flag KubeVersion { get; }

    public Flag Namespace { get; }

    public Flag NoHooks { get; }

    public Flag OutputDir { get; }

    public Flag Password { get; }

    public Flag PlainHttp { get; }

    public Flag ReleaseName { get; }

    public Flag Repo { get; }

    public Flag RepositoryConfig { get; }

    public Flag Set { get; }

    public Flag SetFile { get; }

    public Flag SetJson { get; }

    public Flag SetLiteral { get; }

    public Flag SetString { get; }

    public Flag ShowOnly { get; }

    public Flag SkipSchemaValidation { get; }

    public Flag SkipTests { get; }

    public Flag Username { get; }

    public Flag Values { get; }

    public Flag Version { get; }

    public Flag Wait { get; }

    /// <summary>Reads a command line.</summary>
    /// <exception cref="UsageException">It is not one that Helm takes, or asks for what NaaS does not do.</exception>
    public static TemplateFlags Parse(IEnumerable<string> commandLine)
    {
        var parsed = new TemplateFlags();
        parsed.flags.Parse(commandLine);
        parsed.Require();
        return parsed;
    }

    private void Require()
    {
        if (Arguments.Count == 0)
        {
            throw new UsageException("\"naas template\" requires at least 1 argument\n\nUsage:  naas template [NAME] [CHART] [flags]");
        }

        if (Arguments.Count > 2)
        {
            throw new UsageException($"expected at most two arguments, unexpected arguments: {string.Join(", ", Arguments.Skip(2))}");
        }

        if (GenerateName.IsOn && Arguments.Count == 2)
        {
            throw new UsageException("cannot set --generate-name and also specify a name");
        }

        if (DryRun.IsGiven && DryRun.Value is not ("client" or "server" or "none" or "true" or "false" or "unset"))
        {
            throw new UsageException($"invalid dry-run value (\"{DryRun.Value}\"). Must be \"none\", \"server\", or \"client\"");
        }

        if (DryRun.Value == "server")
        {
            throw new UsageException("naas template asks no cluster, so that it does not take --dry-run=server");
        }

        if (refused.Find(flag => flag.IsGiven && (flag.Kind != FlagKind.Switch || flag.IsOn)) is { } unsupported)
        {
            throw new UsageException($"naas template does not support --{unsupported.Name}");
        }
    }

    private Flag Switch(string name) => flags.Add(new(name, '\0', FlagKind.Switch));

    private Flag Text(string name) => flags.Add(new(name, '\0', FlagKind.Text));

    private Flag List(string name) => flags.Add(new(name, '\0', FlagKind.List));

    // Names may carry their letter behind a comma.
    private List<Flag> AddPlain(IEnumerable<string> names, FlagKind kind) => [.. names.Select(name =>
    {
        var comma = name.IndexOf(',', StringComparison.Ordinal);
        return flags.Add(comma < 0 ? new(name, '\0', kind) : new(name[..comma], name[comma + 1], kind));
    })];
}
