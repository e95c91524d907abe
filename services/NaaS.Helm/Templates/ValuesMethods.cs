using NaaS.Helm.Go;

namespace NaaS.Helm.Templates;

/// <summary>Methods of Helm's <c>common.Values</c>; they hide values of the same name, as in Helm.</summary>
internal static class ValuesMethods
{
    public static GoFunction? Find(GoMap values, string name) => name switch
    {
        "AsMap" => new(name, [], false, (_, _) => Plain(values)),
        "YAML" => new(name, [], false, (_, _) => Functions.SerialFunctions.ToYaml(values) + "\n"),
        "Table" => new(name, [GoType.String], false, (_, args) => Table(values, (string)args[0]!)),
        "PathValue" => new(name, [GoType.String], false, (_, args) => PathValue(values, (string)args[0]!)),
        _ => null,
    };

    // A copy of the first level: our maps carry their type, so the same map cannot have two.
    private static GoMap Plain(GoMap values)
    {
        var plain = new GoMap();
        foreach (var (key, value) in values)
        {
            plain[key] = value;
        }
        return plain;
    }

    private static GoMap Table(GoMap values, string path)
    {
        var table = values;
        foreach (string part in path.Split('.'))
        {
            table = table.TryGetValue(part, out object? value) && value is GoMap next ? next : throw new FunctionException($"{GoQuote.Quote(part)} is not a table");
        }
        return table;
    }

    private static object? PathValue(GoMap values, string path)
    {
        string[] parts = path.Split('.');
        if (path.Length == 0)
        {
            throw new FunctionException("YAML path cannot be empty");
        }
        var table = values;
        foreach (string part in parts[..^1])
        {
            table = table.TryGetValue(part, out object? value) && value is GoMap next ? next : throw new FunctionException($"{GoQuote.Quote(path)} is not a value");
        }
        return table.TryGetValue(parts[^1], out object? found) && found is not GoMap ? found : throw new FunctionException($"{GoQuote.Quote(path)} is not a value");
    }
}
