namespace NaaS.Fulfilment.Bundle;

/// <summary>Finds which component calls which.</summary>
internal static class LinkFinder
{
    /// <summary>The links, callers in the release's order. A component's calls to its own Service are none.</summary>
    public static IReadOnlyList<ComponentLink> Find(ReleaseBundle bundle) => [];
}
