using NaaS.Helm.Go;
using NaaS.Helm.Functions;
using NaaS.Helm.Templates;

namespace NaaS.Helm.Rendering;

/// <summary><c>.Files</c>: Helm's <c>map[string][]byte</c> with its methods.</summary>
internal sealed class FilesObject(IReadOnlyList<RenderFile> given) : EngineObject
{
    private SortedDictionary<string, string>? sorted;

    // Most charts never look at their files.
    private SortedDictionary<string, string> Files => sorted ??= Sorted(given);

    public override string TypeName => "engine.files";

    public override string Kind => "map";

    public override int Length => Files.Count;

    public override IReadOnlyList<KeyValuePair<string, object?>> Fields =>
        Files.Select(file => new KeyValuePair<string, object?>(file.Key, new GoBytes(file.Value))).ToList();

    public override object? JsonValue
    {
        get
        {
            var map = new GoMap();
            foreach (var (name, data) in Files)
            {
                map[name] = new GoBytes(data);
            }
            return map;
        }
    }

    public override IEnumerable<KeyValuePair<object?, object?>>? Elements =>
        Files.Select(file => new KeyValuePair<object?, object?>(file.Key, new GoBytes(file.Value)));

    public override GoFunction? Method(string name) => name switch
    {
        "Get" => Bind(name, path => Files.GetValueOrDefault(path, "")),
        "GetBytes" => Bind(name, path => new GoBytes(Files.GetValueOrDefault(path, ""))),
        "Glob" => Bind(name, Matching),
        "Lines" => Bind(name, Lines),
        "AsConfig" => Bind(name, () => SerialFunctions.ToYaml(ByBaseName(data => data))),
        "AsSecrets" => Bind(name, () => SerialFunctions.ToYaml(ByBaseName(data => Convert.ToBase64String(GoString.ToBytes(data))))),
        _ => null,
    };

    public override bool TryGetField(string name, out object? value)
    {
        // A map: a name that is no method is a key.
        value = Files.TryGetValue(name, out string? data) ? new GoBytes(data) : new GoBytes("");
        return true;
    }

    public override bool TryIndex(object key, out object? value)
    {
        value = new GoBytes(Files.GetValueOrDefault((string)key, ""));
        return true;
    }

    private static SortedDictionary<string, string> Sorted(IReadOnlyList<RenderFile> files)
    {
        var sorted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            sorted[file.Name] = file.Data;
        }
        return sorted;
    }

    private FilesObject Matching(string pattern)
    {
        var glob = Glob.Compile(pattern);
        return new FilesObject([.. Files.Where(file => glob.IsMatch(file.Key)).Select(file => new RenderFile(file.Key, file.Value))]);
    }

    private GoList Lines(string path)
    {
        if (!Files.TryGetValue(path, out string? data))
        {
            return ListFunctions.OfStrings([]);
        }
        if (data.Length == 0)
        {
            throw new FunctionException("runtime error: index out of range [-1]");
        }
        return ListFunctions.OfStrings((data.EndsWith('\n') ? data[..^1] : data).Split('\n'));
    }

    private GoMap ByBaseName(Func<string, string> value)
    {
        var map = new GoMap(GoMap.OfStrings);
        foreach (var (name, data) in Files)
        {
            map[PathFunctions.Base(name)] = value(data);
        }
        return map;
    }
}
