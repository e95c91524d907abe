using System.Text;

namespace NaaS.Fulfilment.Translate;

/// <summary>A Helm value path as in <c>--set</c>: dots separate, <c>\.</c> is a literal dot, <c>[0]</c> an index.</summary>
internal static class ValuePath
{
    private const int Deepest = 30;
    private const int LargestIndex = 65536;

    /// <summary>The steps, texts for keys and ints for indices; null where it is not a path.</summary>
    public static IReadOnlyList<object>? Parse(string path)
    {
        var steps = new List<object>();
        var at = 0;
        while (true)
        {
            if (Key(path, ref at) is not { Length: > 0 } key)
            {
                return null;
            }

            steps.Add(key);
            while (at < path.Length && path[at] == '[')
            {
                var end = path.IndexOf(']', at);
                if (end < 0 || !int.TryParse(path.AsSpan(at + 1, end - at - 1), out var index) || index is < 0 or > LargestIndex)
                {
                    return null;
                }

                steps.Add(index);
                at = end + 1;
            }

            if (at == path.Length)
            {
                return steps.Count <= Deepest ? steps : null;
            }

            if (path[at++] != '.')
            {
                return null;
            }
        }
    }

    private static string? Key(string path, ref int at)
    {
        var key = new StringBuilder();
        for (; at < path.Length && path[at] is not ('.' or '['); at++)
        {
            if (path[at] is '=' or ',' or '{' or '}')
            {
                return null;
            }

            if (path[at] == '\\')
            {
                if (++at == path.Length)
                {
                    return null;
                }
            }

            key.Append(path[at]);
        }

        return key.ToString();
    }
}
