using System.Text;
using NaaS.Helm.Go;
using NaaS.Helm.Yaml;

namespace NaaS.Helm.Values;

/// <summary>Reads values files, which may hold several YAML documents, and lays maps over each other.</summary>
public static class ValuesDocuments
{
    /// <summary>The documents of a text (a byte string) merged in order; what is no mapping is an error.</summary>
    /// <exception cref="YamlException">A document is no YAML or no mapping.</exception>
    public static GoMap Read(string text)
    {
        GoMap? values = null;
        foreach (var document in Split(text))
        {
            var map = ReadOne(document);
            values = values is null ? map : Merge(values, map);
        }

        return values ?? [];
    }

    private static GoMap ReadOne(string document)
    {
        try
        {
            return YamlReader.ReadMap(document);
        }
        catch (YamlException e)
        {
            throw new YamlException("cannot unmarshal yaml document: " + e.Message);
        }
    }

    /// <summary>A new map with the entries of both; where both have a map they merge, else <paramref name="over"/> wins, null included.</summary>
    public static GoMap Merge(GoMap under, GoMap over)
    {
        var merged = new GoMap();
        foreach (var (key, value) in under)
        {
            merged[key] = value;
        }

        foreach (var (key, value) in over)
        {
            merged[key] = value is GoMap map && merged.TryGetValue(key, out var below) && below is GoMap belowMap ? Merge(belowMap, map) : value;
        }

        return merged;
    }

    /// <summary>
    /// Splits at lines of <c>---</c>, alone or before a comment, as Kubernetes' YAML reader does; it also ends every line, the last one too, with
    /// a bare line feed.
    /// </summary>
    private static IEnumerable<string> Split(string text)
    {
        if (!text.StartsWith("---", StringComparison.Ordinal) && !text.Contains("\n---", StringComparison.Ordinal) && !text.Contains('\r'))
        {
            return text.Length == 0 ? [] : [text.EndsWith('\n') ? text : text + '\n'];
        }

        return SplitLines(text);
    }

    private static IEnumerable<string> SplitLines(string text)
    {
        var document = new StringBuilder();
        foreach (var line in Lines(text))
        {
            if (IsSeparator(line) && document.Length > 0)
            {
                yield return document.ToString();
                document.Clear();
            }
            else
            {
                document.Append(line).Append('\n');
            }
        }

        if (document.Length > 0)
        {
            yield return document.ToString();
        }
    }

    private static IEnumerable<string> Lines(string text)
    {
        var lines = text.Split('\n');
        var count = lines[^1].Length == 0 ? lines.Length - 1 : lines.Length;
        return lines.Take(count).Select(line => line.EndsWith('\r') ? line[..^1] : line);
    }

    private static bool IsSeparator(string line)
    {
        if (!line.StartsWith("---", StringComparison.Ordinal))
        {
            return false;
        }

        var rest = GoUnicode.TrimSpace(line[3..]);
        return rest.Length == 0 || rest[0] == '#' ? true : throw new YamlException("error reading yaml document: invalid Yaml document separator: " + rest);
    }
}
