using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;

namespace NaaS.Helm.Versions;

/// <summary>
/// A range as Masterminds/semver v3.4 reads it: <c>1.2.x</c>, <c>~1.2</c>, <c>^1.2.3</c>, <c>&gt;=1 &lt;2</c>, <c>1 - 2</c>, <c>a || b</c>.
/// A pre-release version satisfies only a range that names a pre-release.
/// </summary>
public sealed class VersionConstraint
{
    private const string Version =
        @"v?([0-9xX\*|]+)(\.[0-9xX\*|]+)?(\.[0-9xX\*|]+)?(-([0-9A-Za-z\-]+(\.[0-9A-Za-z\-]+)*))?(\+([0-9A-Za-z\-]+(\.[0-9A-Za-z\-]+)*))?";

    private const string Operators = @"=||!=|>|<|>=|=>|<=|=<|~|~>|\^";

    private const string Blank = @"[\t\n\f\r ]";

    // Ranges come with orders: linear time, whatever the text.
    private static readonly Regex Single = Linear(@"\A\s*(" + Operators + @")\s*(" + Version + @")\s*\z");
    private static readonly Regex Range = Linear(@"\s*(" + Version + @")\s+-\s+(" + Version + @")\s*");
    private static readonly Regex Find = Linear("(" + Operators + @")\s*(" + Version + ")");
    private static readonly Regex Valid = Linear(
        @"\A(\s*(" + Operators + @")\s*(" + Version + @")\s*)((?:\s+|,\s*)(" + Operators + @")\s*(" + Version + @")\s*)*\z");

    private readonly Part[][] alternatives;

    private VersionConstraint(Part[][] alternatives) => this.alternatives = alternatives;

    /// <summary>Reads a range; the error text is semver's.</summary>
    /// <exception cref="HelmException">The text is no range.</exception>
    public static VersionConstraint Parse(string text) =>
        TryParse(text, out var constraint, out var error) ? constraint : throw new HelmException(error);

    /// <summary>Reads a range; false where the text is none.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out VersionConstraint? constraint) => TryParse(text, out constraint, out _);

    /// <summary>Whether a version lies in the range.</summary>
    public bool Accepts(SemanticVersion version) =>
        alternatives.Any(parts => parts.All(part => part.Accepts(version, parts.Any(p => p.Of.Prerelease.Length > 0))));

    private static Regex Linear(string pattern) =>
        new(pattern.Replace(@"\s", Blank, StringComparison.Ordinal), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private static bool TryParse(string text, [NotNullWhen(true)] out VersionConstraint? constraint, out string error)
    {
        constraint = null;
        error = "";
        var groups = RewriteRanges(text).Split("||");
        var alternatives = new Part[groups.Length][];
        for (var i = 0; i < groups.Length; i++)
        {
            if (!Valid.IsMatch(groups[i]))
            {
                error = "improper constraint: " + groups[i];
                return false;
            }

            var found = Find.Matches(groups[i]).Select(m => m.Value).ToArray();
            var parts = new List<Part>();
            foreach (var one in found.Length > 0 ? found : [groups[i]])
            {
                if (Part.Parse(one) is not { } part)
                {
                    error = one.Length > 0 && !Single.IsMatch(one) ? "improper constraint: " + one : "constraint parser error";
                    return false;
                }

                parts.Add(part);
            }

            alternatives[i] = [.. parts];
        }

        constraint = new VersionConstraint(alternatives);
        return true;
    }

    /// <summary><c>1 - 2</c> is <c>&gt;=1, &lt;=2</c>.</summary>
    private static string RewriteRanges(string text)
    {
        var rewritten = new StringBuilder(text);
        foreach (Match match in Range.Matches(text))
        {
            rewritten.Replace(match.Value, $">={match.Groups[1].Value}, <={match.Groups[11].Value} ");
        }

        return rewritten.ToString();
    }

    /// <summary>One comparison. Dirty tells which numbers were left open (<c>1.x</c>, <c>1</c>).</summary>
    private sealed record Part(string Operator, SemanticVersion Of, bool Dirty, bool MinorDirty, bool PatchDirty)
    {
        public static Part? Parse(string text)
        {
            if (text.Length == 0)
            {
                return new Part("", SemanticVersion.Parse("0.0.0"), true, false, false);
            }

            var m = Single.Match(text);
            if (!m.Success)
            {
                return null;
            }

            var (major, minor, patch, pre) = (m.Groups[3].Value, m.Groups[4].Value, m.Groups[5].Value, m.Groups[6].Value);
            var (minorDirty, patchDirty) = (false, false);
            var version = m.Groups[2].Value;
            if (IsOpen(major))
            {
                version = "0.0.0" + pre;
            }
            else if (IsOpen(minor))
            {
                minorDirty = true;
                version = $"{major}.0.0{pre}";
            }
            else if (IsOpen(patch))
            {
                patchDirty = true;
                version = $"{major}{minor}.0{pre}";
            }

            var dirty = IsOpen(major) || minorDirty || patchDirty;
            return SemanticVersion.TryParse(version, out var of) ? new Part(m.Groups[1].Value, of, dirty, minorDirty, patchDirty) : null;
        }

        public bool Accepts(SemanticVersion v, bool prereleases)
        {
            if (v.Prerelease.Length > 0 && Of.Prerelease.Length == 0 && !prereleases && !(Operator == "!=" && !Dirty))
            {
                return false;
            }

            return Operator switch
            {
                "" or "=" => Dirty ? Tilde(v) : v.SamePrecedence(Of),
                "!=" => NotEqual(v),
                ">" => Greater(v),
                "<" => v.CompareTo(Of) < 0,
                ">=" or "=>" => v.CompareTo(Of) >= 0,
                "<=" or "=<" => LessOrEqual(v),
                "~" or "~>" => Tilde(v),
                _ => Caret(v),
            };
        }

        private static bool IsOpen(string text) => text.TrimStart('.') is "" or "x" or "X" or "*";

        private bool NotEqual(SemanticVersion v)
        {
            if (Dirty)
            {
                if (Of.Major != v.Major || (Of.Minor != v.Minor && !MinorDirty))
                {
                    return true;
                }

                if (MinorDirty)
                {
                    return false;
                }

                if (Of.Patch != v.Patch && !PatchDirty)
                {
                    return true;
                }

                if (PatchDirty)
                {
                    return (v.Prerelease.Length > 0 || Of.Prerelease.Length > 0) && SemanticVersion.ComparePrerelease(v.Prerelease, Of.Prerelease) != 0;
                }
            }

            return !v.SamePrecedence(Of);
        }

        private bool Greater(SemanticVersion v)
        {
            if (!Dirty || (v.Major == Of.Major && !MinorDirty && !PatchDirty))
            {
                return v.CompareTo(Of) > 0;
            }

            if (v.Major != Of.Major)
            {
                return v.Major > Of.Major;
            }

            return PatchDirty && v.Minor > Of.Minor;
        }

        private bool LessOrEqual(SemanticVersion v) => Dirty
            ? v.Major <= Of.Major && !(v.Major == Of.Major && v.Minor > Of.Minor && !MinorDirty)
            : v.CompareTo(Of) <= 0;

        private bool Tilde(SemanticVersion v)
        {
            if (v.CompareTo(Of) < 0)
            {
                return false;
            }

            if (Of is { Major: 0, Minor: 0, Patch: 0 } && !MinorDirty && !PatchDirty)
            {
                return true;
            }

            return v.Major == Of.Major && (v.Minor == Of.Minor || MinorDirty);
        }

        private bool Caret(SemanticVersion v)
        {
            if (v.CompareTo(Of) < 0)
            {
                return false;
            }

            if (Of.Major > 0 || MinorDirty)
            {
                return v.Major == Of.Major;
            }

            if (v.Major > 0)
            {
                return false;
            }

            if (Of.Minor > 0 || PatchDirty)
            {
                return v.Minor == Of.Minor;
            }

            // Of.Minor is 0 and the patch number counts.
            if (Of.Minor == 0 && v.Minor > 0)
            {
                return false;
            }

            return Of.Patch == v.Patch;
        }
    }
}
