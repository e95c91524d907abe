using System.Text.RegularExpressions;
using NaaS.Helm.Go;

namespace NaaS.Helm.Schema;

/// <summary>Patterns of schemas: Go's regular expressions over byte strings, in linear time.</summary>
internal static class SchemaPatterns
{
    /// <summary>Compiles a pattern given as a byte string; it is matched against text.</summary>
    public static Regex Compile(string pattern) =>
        new(GoString.ToText(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
