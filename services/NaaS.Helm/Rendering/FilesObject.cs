using NaaS.Helm.Go;
using NaaS.Helm.Functions;
using NaaS.Helm.Templates;

namespace NaaS.Helm.Rendering;

/// <summary><c>.Files</c>: Helm's <c>map[string][]byte</c> with its methods.</summary>
internal sealed class FilesObject(IReadOnlyList<RenderFile> given) : EngineObject
{
    private SortedDictionary<string, RenderFile>? sorted;

    // Most charts never look at their files.
    private SortedDictionary<string, RenderFile> Files => sorted ??= Sorted(given);

    public override string TypeName => "engine.files";

    public override string Kind => "map";

    public override int Length => Files.Count;

    public override IReadOnlyList<KeyValuePair<string, object?>> Fields =>
        Files.Select(file => new KeyValuePair<string, object?>(file.Key, new GoBytes(file.Value.Data))).ToList();

    public override object? JsonValue
    {
        get
        {
            var map = new GoMap();
            foreach (var (name, file) in Files)
            {
                map[name] = new GoBytes(file.Data);
            }
            return map;
        }
    }

    public override IEnumerable<KeyValuePair<object?, object?>>? Elements =>
        Files.Select(file => new KeyValuePair<object?, object?>(file.Key, new GoBytes(file.Value.Data)));

    public override GoFunction? Method(string name) => name switch
    {
        "Get" => Bind(name, TextOf),
        "GetBytes" => Bind(name, path => new GoBytes(TextOf(path))),
        "Glob" => Bind(name, Matching),
        "Lines" => Bind(name, Lines),
        "AsConfig" => Bind(name, () => SerialFunctions.ToYaml(ByBaseName(data => data))),
        "AsSecrets" => Bind(name, () => SerialFunctions.ToYaml(ByBaseName(data => Convert.ToBase64String(GoString.ToBytes(data))))),
        _ => null,
    };

    public override bool TryGetField(string name, out object? value)
    {
        // A map: a name that is no method is a key.
        value = BytesOf(name);
        return true;
    }

    public override bool TryIndex(object key, out object? value)
    {
        value = BytesOf((string)key);
        return true;
    }

    private GoBytes BytesOf(string path) => Files.TryGetValue(path, out var file) ? new GoBytes(file.Data) : new GoBytes("") { IsNil = true };

    private string TextOf(string path) => Files.TryGetValue(path, out var file) ? file.Data : "";

    private static SortedDictionary<string, RenderFile> Sorted(IReadOnlyList<RenderFile> files)
    {
        var sorted = new SortedDictionary<string, RenderFile>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            sorted[file.Name] = file;
        }
        return sorted;
    }

    private FilesObject Matching(string pattern)
    {
        var glob = Glob.Compile(pattern);
        return new FilesObject([.. Files.Where(file => glob.IsMatch(file.Key)).Select(file => file.Value)]);
    }

    private GoList Lines(string path)
    {
        if (!Files.TryGetValue(path, out var file))
        {
            return ListFunctions.OfStrings([]);
        }
        string data = file.Data;
        if (data.Length == 0)
        {
            throw new FunctionException("runtime error: index out of range [-1]");
        }
        return ListFunctions.OfStrings((data.EndsWith('\n') ? data[..^1] : data).Split('\n'));
    }

    private GoMap ByBaseName(Func<string, string> value)
    {
        var map = new GoMap(GoMap.OfStrings);
        foreach (var (name, file) in Files)
        {
            map[PathFunctions.Base(name)] = value(file.Data);
        }
        return map;
    }
}
