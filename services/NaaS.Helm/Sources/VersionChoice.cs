using NaaS.Helm.Versions;

namespace NaaS.Helm.Sources;

/// <summary>Helm's rules for choosing among versions: the exact text first, else the newest that the range accepts; empty means the newest stable one.</summary>
internal static class VersionChoice
{
    /// <summary>Orders by version, newest first.</summary>
    public static IEnumerable<T> NewestFirst<T>(IEnumerable<T> items, Func<T, string> version) => items
        .Select(item => (Item: item, Version: SemanticVersion.TryParse(version(item), out var parsed) ? parsed : null))
        .OrderByDescending(pair => pair.Version)
        .Select(pair => pair.Item);

    /// <summary>The chosen item, or null where none fits.</summary>
    /// <param name="newestFirst">Items, newest first.</param>
    /// <param name="wanted">Exact version, range, or empty.</param>
    /// <param name="version">An item's version.</param>
    public static T? Choose<T>(IEnumerable<T> newestFirst, string? wanted, Func<T, string> version)
        where T : class
    {
        var range = Range(wanted);
        var items = newestFirst.ToList();
        return items.Find(item => version(item) == wanted)
            ?? items.Find(item => SemanticVersion.TryParse(version(item), out var parsed) && range.Accepts(parsed));
    }

    /// <summary>The range in a reference's version; <c>*</c> where it is empty.</summary>
    /// <exception cref="HelmException">It is neither a version nor a range.</exception>
    public static VersionConstraint Range(string? wanted) => string.IsNullOrEmpty(wanted)
        ? VersionConstraint.Parse("*")
        : VersionConstraint.TryParse(wanted, out var range)
            ? range
            : throw new HelmException($"chart version \"{wanted}\" is neither a version nor a range: improper constraint: {wanted}");

    /// <summary>The exception for a version that does not exist.</summary>
    public static ChartNotFoundException NotFound(string chart, string location, string? wanted, IEnumerable<string> versions)
    {
        var known = versions.ToList();
        var which = string.IsNullOrEmpty(wanted) ? "no stable version" : $"no version that fits \"{wanted}\"";
        var exist = known.Count == 0 ? "there is none at all" : "there are " + string.Join(", ", known.Take(10)) + (known.Count > 10 ? $" and {known.Count - 10} older ones" : "");
        return new ChartNotFoundException($"chart \"{chart}\" in {location} has {which}; {exist}", known);
    }
}
