namespace NaaS.Tmf.Characteristics;

/// <summary>
/// A Helm value path as in <c>--set</c>: dots separate, <c>\.</c> is a literal dot, <c>[0]</c> an index.
/// </summary>
public static class KnobPath
{
    // Helm's own bounds: strvals.MaxNestedNameLevel and MaxIndex.
    private const int DeepestName = 30;
    private const int LargestIndex = 65536;

    /// <summary>What is wrong with the path, or null.</summary>
    public static string? Complaint(string path)
    {
        var segments = Split(path);
        if (segments.Count > DeepestName)
        {
            return $"the path '{path}' has more than {DeepestName} levels";
        }

        return segments.All(IsSegment) ? null : $"'{path}' is not a path into Helm values";
    }

    private static List<string> Split(string path)
    {
        var segments = new List<string> { "" };
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i] == '\\' && i + 1 < path.Length)
            {
                segments[^1] += path[i..(i++ + 2)];
            }
            else if (path[i] == '.')
            {
                segments.Add("");
            }
            else
            {
                segments[^1] += path[i];
            }
        }

        return segments;
    }

    private static bool IsSegment(string segment)
    {
        var bracket = segment.IndexOf('[', StringComparison.Ordinal);
        if (bracket < 0)
        {
            return segment.Length > 0 && !segment.AsSpan().ContainsAny("],={}");
        }

        return bracket > 0
            && segment.EndsWith(']')
            && segment[(bracket + 1)..^1].Split("][").All(index => int.TryParse(index, out var number) && number is >= 0 and <= LargestIndex);
    }
}
