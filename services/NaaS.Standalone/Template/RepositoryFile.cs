using NaaS.Helm.Go;
using NaaS.Helm.Yaml;

namespace NaaS.Standalone.Template;

/// <summary>Helm's repositories.yaml: <c>--repository-config</c>, HELM_REPOSITORY_CONFIG, or where Helm keeps its configuration.</summary>
internal static class RepositoryFile
{
    public static IReadOnlyList<NamedRepository> Read(TemplateFlags flags)
    {
        var path = flags.RepositoryConfig.Value is { Length: > 0 } given ? given : Environment.GetEnvironmentVariable("HELM_REPOSITORY_CONFIG");
        path = string.IsNullOrEmpty(path) ? Path.Combine(ConfigFolder(), "repositories.yaml") : path;
        if (!File.Exists(path))
        {
            return [];
        }

        var entries = YamlReader.ReadMap(GoString.FromBytes(File.ReadAllBytes(path))).GetValueOrDefault("repositories") as GoList ?? [];
        return [.. entries.OfType<GoMap>().Select(entry => new NamedRepository(Text(entry, "name"), Text(entry, "url"), Text(entry, "username"), Text(entry, "password")))];
    }

    private static string ConfigFolder()
    {
        if (Environment.GetEnvironmentVariable("HELM_CONFIG_HOME") is { Length: > 0 } home)
        {
            return home;
        }

        var config = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } set
            ? set
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config");
        return Path.Combine(config, "helm");
    }

    private static string Text(GoMap entry, string name) => entry.GetValueOrDefault(name) is string text ? GoString.ToText(text) : "";
}
