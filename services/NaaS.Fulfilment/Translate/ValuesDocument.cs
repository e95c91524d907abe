using NaaS.Helm.Go;
using NaaS.Helm.Values;
using NaaS.Helm.Yaml;

namespace NaaS.Fulfilment.Translate;

/// <summary>The Helm values that a service's document gives, read as Helm reads a values file.</summary>
internal static class ValuesDocument
{
    /// <summary>The text, unchanged, where Helm could read it. Throws <see cref="FormatException"/> in plain words where not.</summary>
    public static string Checked(string text)
    {
        try
        {
            Read(text);
            return text;
        }
        catch (YamlException e)
        {
            throw new FormatException(YamlDocuments.Plain(e), e);
        }
    }

    /// <summary>The values; several documents are merged, as Helm does.</summary>
    public static GoMap Read(string text) => ValuesDocuments.Read(GoString.FromText(text));

    /// <summary>
    /// Whether the values say something about a path: they give it, or put something else than a mapping or a list on the way to it.
    /// </summary>
    public static bool Gives(GoMap values, string path)
    {
        object? value = values;
        foreach (var step in ValuePath.Parse(path) ?? [])
        {
            switch (value, step)
            {
                case (GoMap map, string key):
                    if (!map.TryGetValue(GoString.FromText(key), out value))
                    {
                        return false;
                    }

                    break;
                case (GoList list, int index):
                    if (index >= list.Count)
                    {
                        return false;
                    }

                    value = list[index];
                    break;
                default:
                    return true;
            }
        }

        return true;
    }
}
