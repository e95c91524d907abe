using System.Text.RegularExpressions;

namespace NaaS.Standalone.Specification;

/// <summary>Comments of the form <c>## @param web.replicaCount Number of replicas</c>, which name the value they describe.</summary>
internal static partial class ParameterComments
{
    /// <summary>Descriptions by path.</summary>
    public static Dictionary<string, string> Read(IEnumerable<string> lines)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var match in lines.Select(line => Parameter().Match(line)).Where(match => match.Success))
        {
            found[match.Groups["path"].Value] = match.Groups["text"].Value.Trim();
        }

        return found;
    }

    /// <summary>The text of a comment line.</summary>
    public static string Clean(string line) => line.Trim().TrimStart('#').Trim();

    [GeneratedRegex(@"^\s*#+\s*@param\s+(?<path>\S+)\s+(\[[^\]]*\]\s*)?(?<text>.*)$")]
    private static partial Regex Parameter();
}
