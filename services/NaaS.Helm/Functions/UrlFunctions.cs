using NaaS.Helm.Go;
using NaaS.Helm.Templates;
using static NaaS.Helm.Templates.GoType;

namespace NaaS.Helm.Functions;

/// <summary>sprig's URLs: Go's net/url.</summary>
internal static class UrlFunctions
{
    private static readonly string[] Parts = ["scheme", "host", "path", "query", "opaque", "fragment"];

    public static void Register(FunctionBuilder table)
    {
        table.Add("urlParse", [GoType.String], (_, args) => Parse((string)args[0]!));
        table.Add("urlJoin", [Map], (_, args) => Join(args[0] as GoMap ?? []));
    }

    /// <summary><c>url.QueryEscape</c>.</summary>
    public static string QueryEscape(string text) => GoUrl.Escape(text, GoUrl.Part.QueryComponent);

    private static GoMap Parse(string text)
    {
        var url = GoUrl.Parse(text, out string? error) ?? throw new FunctionException($"unable to parse url: {error}");
        return new GoMap
        {
            ["scheme"] = url.Scheme,
            ["host"] = url.Host,
            ["hostname"] = url.Hostname,
            ["path"] = url.Path,
            ["query"] = url.RawQuery,
            ["opaque"] = url.Opaque,
            ["fragment"] = url.Fragment,
            ["userinfo"] = url.UserText ?? "",
        };
    }

    private static string Join(GoMap map)
    {
        var texts = Parts.ToDictionary(part => part, part => Text(map, part));
        var url = new GoUrl
        {
            Scheme = texts["scheme"],
            Host = texts["host"],
            Path = texts["path"],
            RawQuery = texts["query"],
            Opaque = texts["opaque"],
            Fragment = texts["fragment"],
        };
        string user = Text(map, "userinfo");
        if (user.Length > 0)
        {
            var parsed = GoUrl.Parse($"proto://{user}@host", out string? error) ?? throw new FunctionException($"unable to parse userinfo in dict: {error}");
            (url.User, url.Password) = (parsed.User, parsed.Password);
        }
        return url.ToString();
    }

    private static string Text(GoMap map, string key)
    {
        if (!map.TryGetValue(key, out object? value))
        {
            return "";
        }
        return value as string ?? throw new FunctionException(value is null
            ? "runtime error: invalid memory address or nil pointer dereference"
            : $"unable to parse {key} key, must be of type string, but {GoTypes.Kind(value)} found");
    }
}
