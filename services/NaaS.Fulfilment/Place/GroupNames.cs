using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Translate;

namespace NaaS.Fulfilment.Place;

/// <summary>
/// Names groups so that a group keeps its name from revision to revision: Placements and works are named after it. A name goes to the group that
/// holds the component it was made from, else to the group that holds most of the components that bore it.
/// </summary>
internal static class GroupNames
{
    /// <summary>Leaves room for the service and the rule's digest in an object's 63 characters.</summary>
    private const int Longest = 40;

    /// <summary>One name for each group, in their order.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<IReadOnlyList<Component>> groups, IReadOnlyDictionary<Guid, string> known)
    {
        var names = new string?[groups.Count];
        var claims = groups
            .SelectMany((components, index) => components
                .Where(component => known.ContainsKey(component.Id))
                .GroupBy(component => known[component.Id])
                .Select(old => (Name: old.Key, Index: index, Founder: old.Any(component => IsFounder(component, old.Key)), Components: old.Count())))
            .OrderByDescending(claim => claim.Founder)
            .ThenByDescending(claim => claim.Components)
            .ThenBy(claim => claim.Index)
            .ThenBy(claim => claim.Name, StringComparer.Ordinal);
        foreach (var claim in claims.Where(claim => names[claim.Index] is null && !names.Contains(claim.Name)))
        {
            names[claim.Index] = claim.Name;
        }

        // A name that the revision before used elsewhere is not given to strangers while its works may still stand.
        var taken = names.OfType<string>().Concat(known.Values).ToHashSet(StringComparer.Ordinal);
        return [.. groups.Select((components, index) => names[index] ?? Free(LabelOf(components[0]), taken))];
    }

    private static bool IsFounder(Component component, string name) => LabelOf(component) == name;

    private static string LabelOf(Component component) => ReleaseNames.Label(component.Workload.Name, Longest, "group");

    private static string Free(string label, HashSet<string> taken)
    {
        for (var number = 1; ; number++)
        {
            var suffix = number == 1 ? "" : $"-{number}";
            var name = label[..Math.Min(label.Length, Longest - suffix.Length)].TrimEnd('-') + suffix;
            if (taken.Add(name))
            {
                return name;
            }
        }
    }
}
