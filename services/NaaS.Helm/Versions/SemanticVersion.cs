using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace NaaS.Helm.Versions;

/// <summary>
/// A version as Masterminds/semver v3.4 reads it: a leading <c>v</c>, missing minor and patch, and leading zeros are accepted.
/// Ordered by precedence; build metadata does not count.
/// </summary>
public sealed partial record SemanticVersion : IComparable<SemanticVersion>
{
    private SemanticVersion(string original) => Original = original;

    /// <summary>Major version.</summary>
    public ulong Major { get; init; }

    /// <summary>Minor version.</summary>
    public ulong Minor { get; init; }

    /// <summary>Patch version.</summary>
    public ulong Patch { get; init; }

    /// <summary>Pre-release without its dash; empty where there is none.</summary>
    public string Prerelease { get; init; } = "";

    /// <summary>Build metadata without its plus; empty where there is none.</summary>
    public string Metadata { get; init; } = "";

    /// <summary>The text as it was given.</summary>
    public string Original { get; }

    /// <summary>Reads a version; the error text is semver's.</summary>
    /// <exception cref="HelmException">The text is no version.</exception>
    public static SemanticVersion Parse(string text) => TryParse(text, out var version, out var error) ? version : throw new HelmException(error);

    /// <summary>Reads a version; false where the text is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SemanticVersion? version) => TryParse(text, out version, out _);

    /// <summary>Whether a text is a version with all three numbers, no <c>v</c> and no leading zeros.</summary>
    public static bool IsStrict(string text) => Strict().IsMatch(text);

    /// <summary>Compares two versions by semver precedence.</summary>
    public int CompareTo(SemanticVersion? other)
    {
        if (other is null)
        {
            return 1;
        }

        var numbers = (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));
        if (numbers != 0 || Prerelease == other.Prerelease)
        {
            return numbers;
        }

        if (Prerelease.Length == 0 || other.Prerelease.Length == 0)
        {
            return Prerelease.Length == 0 ? 1 : -1;
        }

        return ComparePrerelease(Prerelease, other.Prerelease);
    }

    /// <summary>Whether the left version is the older one.</summary>
    public static bool operator <(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left version is the newer one.</summary>
    public static bool operator >(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left version is not the newer one.</summary>
    public static bool operator <=(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left version is not the older one.</summary>
    public static bool operator >=(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) >= 0;

    /// <summary>The version with all three numbers and without a leading <c>v</c>.</summary>
    public override string ToString()
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}");
        text += Prerelease.Length > 0 ? "-" + Prerelease : "";
        return text + (Metadata.Length > 0 ? "+" + Metadata : "");
    }

    /// <summary>Whether two versions have the same precedence.</summary>
    public bool SamePrecedence(SemanticVersion other) => CompareTo(other) == 0;

    internal static int ComparePrerelease(string x, string y)
    {
        var (xs, ys) = (x.Split('.'), y.Split('.'));
        for (var i = 0; i < Math.Max(xs.Length, ys.Length); i++)
        {
            var order = ComparePart(i < xs.Length ? xs[i] : "", i < ys.Length ? ys[i] : "");
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private static int ComparePart(string x, string y)
    {
        if (x == y)
        {
            return 0;
        }

        if (x.Length == 0 || y.Length == 0)
        {
            return x.Length == 0 ? -1 : 1;
        }

        var xNumber = ulong.TryParse(x, NumberStyles.None, CultureInfo.InvariantCulture, out var xn);
        var yNumber = ulong.TryParse(y, NumberStyles.None, CultureInfo.InvariantCulture, out var yn);
        if (xNumber && yNumber)
        {
            return xn.CompareTo(yn);
        }

        return xNumber || yNumber ? (xNumber ? -1 : 1) : Math.Sign(string.CompareOrdinal(x, y));
    }

    private static bool TryParse(string? text, [NotNullWhen(true)] out SemanticVersion? version, out string error)
    {
        version = null;
        error = "invalid semantic version";
        var match = text is null ? Match.Empty : Loose().Match(text);
        if (!match.Success)
        {
            return false;
        }

        if (!Number(match, 1, out var major, ref error) || !Number(match, 2, out var minor, ref error) || !Number(match, 3, out var patch, ref error))
        {
            return false;
        }

        var prerelease = match.Groups[4].Value;
        if (prerelease.Split('.').Any(part => part.Length > 1 && part[0] == '0' && part.All(char.IsAsciiDigit)))
        {
            error = "version segment starts with 0";
            return false;
        }

        version = new SemanticVersion(text!) { Major = major, Minor = minor, Patch = patch, Prerelease = prerelease, Metadata = match.Groups[5].Value };
        return true;
    }

    private static bool Number(Match match, int group, out ulong value, ref string error)
    {
        value = 0;
        var text = match.Groups[group].Value;
        if (text.Length == 0 || ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        error = $"error parsing version segment: strconv.ParseUint: parsing \"{text}\": value out of range";
        return false;
    }

    [GeneratedRegex(
        @"\Av?([0-9]+)(?:\.([0-9]+))?(?:\.([0-9]+))?(?:-([0-9A-Za-z\-]+(?:\.[0-9A-Za-z\-]+)*))?(?:\+([0-9A-Za-z\-]+(?:\.[0-9A-Za-z\-]+)*))?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Loose();

    [GeneratedRegex(
        @"\A(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)(?:-(?:0|[1-9][0-9]*|[0-9]*[A-Za-z\-][0-9A-Za-z\-]*)(?:\.(?:0|[1-9][0-9]*|[0-9]*[A-Za-z\-][0-9A-Za-z\-]*))*)?(?:\+[0-9A-Za-z\-]+(?:\.[0-9A-Za-z\-]+)*)?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Strict();
}
