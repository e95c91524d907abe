using System.Text;
using System.Text.RegularExpressions;

namespace NaaS.Helm.Charts;

/// <summary>Rules of a .helmignore file, with Helm's own semantics: <c>!x</c> ignores all that is not <c>x</c>, <c>**</c> is refused.</summary>
internal sealed class HelmIgnore
{
    private readonly List<Rule> rules = [];

    private HelmIgnore()
    {
    }

    public static HelmIgnore Parse(string text)
    {
        var ignore = new HelmIgnore();
        foreach (var line in text.Split('\n'))
        {
            ignore.Add(line.Trim());
        }

        ignore.Add("templates/.?*");
        return ignore;
    }

    /// <summary>Whether a path, relative to the chart and with <c>/</c>, is left out.</summary>
    public bool Ignores(string path, bool isFolder)
    {
        foreach (var rule in rules)
        {
            var applies = !rule.FoldersOnly || isFolder;
            if (rule.Negated ? !(applies && rule.Matches(path)) : applies && rule.Matches(path))
            {
                return true;
            }
        }

        return false;
    }

    private void Add(string rule)
    {
        if (rule.Length == 0 || rule[0] == '#')
        {
            return;
        }

        if (rule.Contains("**", StringComparison.Ordinal))
        {
            throw new ChartException("double-star (**) syntax is not supported");
        }

        var negated = rule[0] == '!';
        var pattern = negated ? rule[1..] : rule;
        var foldersOnly = pattern.EndsWith('/');
        pattern = foldersOnly ? pattern[..^1] : pattern;
        var baseOnly = !pattern.Contains('/');
        rules.Add(new Rule(GoFileMatch(pattern.StartsWith('/') ? pattern[1..] : pattern), negated, foldersOnly, baseOnly));
    }

    /// <summary>Go's <c>filepath.Match</c> as an expression: <c>*</c> and <c>?</c> stop at <c>/</c>, classes, <c>\</c> escapes.</summary>
    /// <exception cref="ChartException">The pattern is malformed.</exception>
    internal static Regex GoFileMatch(string pattern)
    {
        var regex = new StringBuilder(@"\A");
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '*':
                    regex.Append("[^/]*");
                    break;
                case '?':
                    regex.Append("[^/]");
                    break;
                case '[':
                    i = AppendClass(pattern, i, regex);
                    break;
                case '\\' when i + 1 < pattern.Length:
                    regex.Append(Regex.Escape(pattern[++i].ToString()));
                    break;
                case '\\':
                    throw new ChartException("syntax error in pattern");
                default:
                    regex.Append(Regex.Escape(pattern[i].ToString()));
                    break;
            }
        }

        return new Regex(regex.Append(@"\z").ToString(), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }

    private static int AppendClass(string pattern, int start, StringBuilder regex)
    {
        var i = start + 1;
        regex.Append('[');
        if (i < pattern.Length && pattern[i] == '^')
        {
            regex.Append('^');
            i++;
        }

        var first = true;
        for (; i < pattern.Length && (pattern[i] != ']' || first); i++)
        {
            first = false;
            if (pattern[i] == '\\' && i + 1 < pattern.Length)
            {
                i++;
            }
            else if (pattern[i] == '-')
            {
                regex.Append('-');
                continue;
            }

            regex.Append(pattern[i] is '[' or ']' or '\\' or '^' or '-' ? "\\" + pattern[i] : pattern[i].ToString());
        }

        if (i >= pattern.Length)
        {
            throw new ChartException("syntax error in pattern");
        }

        regex.Append(']');
        return i;
    }

    private sealed record Rule(Regex Pattern, bool Negated, bool FoldersOnly, bool BaseOnly)
    {
        public bool Matches(string path) => Pattern.IsMatch(BaseOnly ? path[(path.LastIndexOf('/') + 1)..] : path);
    }
}
