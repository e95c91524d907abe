using System.Globalization;
using NaaS.Helm.Go;
using NaaS.Helm.Json;
using NaaS.Helm.Yaml;

namespace NaaS.Helm.Charts;

/// <summary>
/// Reads Chart.yaml and requirements.yaml as sigs.k8s.io/yaml reads them into Helm's structs: field names in any letter case,
/// numbers and booleans accepted where a text is wanted, unknown fields dropped.
/// </summary>
internal static class ChartYaml
{
    /// <summary>The metadata in a text; fields that it does not give keep their value from <paramref name="before"/>.</summary>
    /// <exception cref="YamlException">The text is no YAML or has a value of the wrong kind.</exception>
    public static ChartMetadata Read(string text, ChartMetadata before)
    {
        var value = YamlReader.ReadTyped(text);
        if (value is null)
        {
            return before;
        }

        var fields = new Fields(value as GoMap ?? throw Mismatch(value, "", "v2.Metadata"), "Metadata");
        return before with
        {
            Name = fields.Text("name", before.Name),
            Home = fields.Text("home", before.Home),
            Sources = fields.Texts("sources", before.Sources),
            Version = fields.Text("version", before.Version),
            Description = fields.Text("description", before.Description),
            Keywords = fields.Texts("keywords", before.Keywords),
            Maintainers = fields.Items("maintainers", "v2.Maintainer", ReadMaintainer) ?? before.Maintainers,
            Icon = fields.Text("icon", before.Icon),
            ApiVersion = fields.Text("apiVersion", before.ApiVersion),
            Condition = fields.Text("condition", before.Condition),
            Tags = fields.Text("tags", before.Tags),
            AppVersion = fields.Text("appVersion", before.AppVersion),
            Deprecated = fields.Flag("deprecated", before.Deprecated),
            Annotations = fields.TextMap("annotations") ?? before.Annotations,
            KubeVersion = fields.Text("kubeVersion", before.KubeVersion),
            Dependencies = fields.Items("dependencies", "v2.Dependency", ReadDependency) ?? before.Dependencies,
            Type = fields.Text("type", before.Type),
        };
    }

    private static ChartMaintainer ReadMaintainer(GoMap map)
    {
        var fields = new Fields(map, "Maintainer", "maintainers.");
        return new ChartMaintainer(fields.Text("name", ""), fields.Text("email", ""), fields.Text("url", ""));
    }

    private static ChartDependency ReadDependency(GoMap map)
    {
        var fields = new Fields(map, "Dependency", "dependencies.");
        return new ChartDependency
        {
            Name = fields.Text("name", ""),
            Version = fields.Text("version", ""),
            Repository = fields.Text("repository", ""),
            Condition = fields.Text("condition", ""),
            Tags = fields.Texts("tags", []),
            Enabled = fields.Flag("enabled", false),
            ImportValues = fields.Any("import-values"),
            Alias = fields.Text("alias", ""),
        };
    }

    private static YamlException Mismatch(object value, string where, string type)
    {
        var kind = value is long or ulong or double ? "number" : YamlReader.JsonKind(value);
        var into = where.Length > 0 ? $"Go struct field {where} of type {type}" : $"Go value of type {type}";
        return new YamlException($"error unmarshaling JSON: while decoding JSON: json: cannot unmarshal {kind} into {into}");
    }

    /// <summary>Fields of a struct.</summary>
    private sealed class Fields
    {
        private readonly Dictionary<string, object?> byName = new(StringComparer.OrdinalIgnoreCase);
        private readonly string structName;
        private readonly string path;

        public Fields(GoMap map, string structName, string path = "")
        {
            this.structName = path.Length > 0 ? "Metadata" : structName;
            this.path = path;
            foreach (var (key, value) in map.OrderBy(p => p.Key, StringComparer.Ordinal))
            {
                byName[key] = value;
            }
        }

        public string Text(string name, string absent) => Get(name) is { } value ? TextOf(value, name) : absent;

        public bool Flag(string name, bool absent) => Get(name) switch
        {
            null => absent,
            bool flag => flag,
            var other => throw Wrong(other, name, "bool"),
        };

        public IReadOnlyList<string> Texts(string name, IReadOnlyList<string> absent) => Get(name) switch
        {
            null => absent,
            GoList list => [.. list.Select(item => item is null ? "" : TextOf(item, name))],
            var other => throw Wrong(other, name, "[]string"),
        };

        public IReadOnlyList<object?> Any(string name) => Get(name) switch
        {
            null => [],
            GoList list => [.. list.Select(Untyped)],
            var other => throw Wrong(other, name, GoList.Any),
        };

        public Dictionary<string, string>? TextMap(string name) => Get(name) switch
        {
            null => null,
            GoMap map => map.ToDictionary(p => p.Key, p => p.Value is null ? "" : TextOf(p.Value, name), StringComparer.Ordinal),
            var other => throw Wrong(other, name, "map[string]string"),
        };

        public List<T?>? Items<T>(string name, string type, Func<GoMap, T> read)
            where T : class => Get(name) switch
            {
                null => null,
                GoList list => [.. list.Select(item => item switch
                {
                    null => null,
                    GoMap map => read(map),
                    _ => throw Wrong(item, name, type),
                })],
                var other => throw Wrong(other, name, "[]*" + type),
            };

        private object? Get(string name) => byName.GetValueOrDefault(name);

        private string TextOf(object value, string name) => value switch
        {
            string text => text,
            bool flag => flag ? "true" : "false",
            long or ulong => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
            double number => GoNumber.General(number),
            _ => throw Wrong(value, name, "string"),
        };

        private YamlException Wrong(object value, string name, string type) => Mismatch(value, $"{structName}.{path}{name}", type);

        private static object? Untyped(object? value) => value switch
        {
            long number => (double)number,
            ulong number => (double)number,
            GoMap map => map.Aggregate(new GoMap(), (copy, p) =>
            {
                copy[p.Key] = Untyped(p.Value);
                return copy;
            }),
            GoList list => list.Aggregate(new GoList(), (copy, item) =>
            {
                copy.Add(Untyped(item));
                return copy;
            }),
            _ => value,
        };
    }
}
