using System.Globalization;
using System.Text.RegularExpressions;

namespace NaaS.Helm.Yaml;

/// <summary>The timestamp forms that go-yaml accepts (Go layouts such as <c>2006-1-2T15:4:5.999999999Z07:00</c>).</summary>
internal static partial class YamlTimestamp
{
    private const string Time = @"(?<h>[0-9]{1,2}):(?<i>[0-9]{1,2}):(?<s>[0-9]{1,2})(?:[.,][0-9]+)?";

    public static bool IsMatch(string text)
    {
        if (text.Length < 8 || text[4] != '-')
        {
            return false;
        }

        var match = Form().Match(text);
        if (!match.Success)
        {
            return false;
        }

        var year = int.Parse(match.Groups["y"].ValueSpan, CultureInfo.InvariantCulture);
        var month = Number(match, "m");
        var day = Number(match, "d");
        return month is >= 1 and <= 12
            && day >= 1 && day <= DaysIn(year, month)
            && Number(match, "h") < 24 && Number(match, "i") < 60 && Number(match, "s") < 60
            && Number(match, "zh") <= 24 && Number(match, "zm") < 60;
    }

    private static int DaysIn(int year, int month) => year == 0 ? DateTime.DaysInMonth(4, month) : DateTime.DaysInMonth(year, month);

    private static int Number(Match match, string group) =>
        match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        @"\A(?<y>[0-9]{4})-(?<m>[0-9]{1,2})-(?<d>[0-9]{1,2})(?:(?:[Tt]" + Time + @"(?:Z|[+-](?<zh>[0-9]{2}):(?<zm>[0-9]{2})))|(?: +" + Time + "))?\\z")]
    private static partial Regex Form();
}
