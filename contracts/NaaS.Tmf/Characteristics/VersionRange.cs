using System.Text.RegularExpressions;

namespace NaaS.Tmf.Characteristics;

/// <summary>Tells whether a text has the shape of a version or of a range as Helm reads them (Masterminds/semver).</summary>
public static partial class VersionRange
{
    /// <summary>Exact (<c>1.2.3</c>, <c>v1.2.3-rc.1+b</c>), partial (<c>1.x</c>), compared (<c>^1.2 &lt;1.9</c>), <c>1 - 2</c>, alternatives by <c>||</c>.</summary>
    public static bool IsValid(string text) => text.Length <= 256 && text.Split("||").All(alternative => Shape().IsMatch(alternative));

    private const string Number = """(?:v?(?:\d+|[xX*])(?:\.(?:\d+|[xX*])){0,2}(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?)""";

    [GeneratedRegex($$"""\A\s*(?:{{Number}}\s+-\s+{{Number}}|(?:=|!=|>=|<=|=>|=<|>|<|~|~>|\^)?\s*{{Number}}(?:(?:\s*,\s*|\s+)(?:=|!=|>=|<=|=>|=<|>|<|~|~>|\^)?\s*{{Number}})*)\s*\z""", RegexOptions.NonBacktracking)]
    private static partial Regex Shape();
}
