using System.Text.RegularExpressions;

namespace NaaS.TmfRest.Queries;

/// <summary>Texts that compare as numbers: OpenSlice sends every characteristic value as text.</summary>
internal static partial class NumericText
{
    /// <summary>The same expression for .NET, PostgreSQL and SQLite; short enough for every numeric type.</summary>
    public const string Pattern = "^-?[0-9]{1,15}([.][0-9]{1,10})?$";

    public static bool IsMatch(string text) => Expression().IsMatch(text);

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant)]
    private static partial Regex Expression();
}
