using NaaS.Helm.Templates;

namespace NaaS.Helm.Functions;

/// <summary>Go's package path; the os forms are the same, since Helm runs on Linux here.</summary>
internal static class PathFunctions
{
    public static void Register(FunctionBuilder table)
    {
        table.Add(["base", "osBase"], [GoType.String], (_, args) => Base((string)args[0]!));
        table.Add(["dir", "osDir"], [GoType.String], (_, args) => Clean(((string)args[0]!)[..(((string)args[0]!).LastIndexOf('/') + 1)]));
        table.Add(["clean", "osClean"], [GoType.String], (_, args) => Clean((string)args[0]!));
        table.Add(["ext", "osExt"], [GoType.String], (_, args) => Extension((string)args[0]!));
        table.Add(["isAbs", "osIsAbs"], [GoType.String], (_, args) => ((string)args[0]!).StartsWith('/'));
    }

    /// <summary>Last element of a path.</summary>
    public static string Base(string path)
    {
        if (path.Length == 0)
        {
            return ".";
        }
        string trimmed = path.TrimEnd('/');
        return trimmed.Length == 0 ? "/" : trimmed[(trimmed.LastIndexOf('/') + 1)..];
    }

    /// <summary>Shortest equal path.</summary>
    public static string Clean(string path)
    {
        bool rooted = path.StartsWith('/');
        var parts = new List<string>();
        foreach (string part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".")
            {
                continue;
            }
            if (part != "..")
            {
                parts.Add(part);
            }
            else if (parts.Count > 0 && parts[^1] != "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (!rooted)
            {
                parts.Add("..");
            }
        }
        string joined = string.Join('/', parts);
        return rooted ? "/" + joined : joined.Length == 0 ? "." : joined;
    }

    private static string Extension(string path)
    {
        string name = path[(path.LastIndexOf('/') + 1)..];
        int dot = name.LastIndexOf('.');
        return dot < 0 ? "" : name[dot..];
    }
}
