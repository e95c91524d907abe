using NaaS.Contracts;
using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Deliver;
using NaaS.Fulfilment.Place;

namespace NaaS.Fulfilment.Report;

/// <summary>Links whose ends are on different clusters, in plain words.</summary>
internal static class CutLinks
{
    /// <summary>The links that nothing keeps; none where the clusters offer Multi-Cluster Services.</summary>
    public static IReadOnlyList<string> Of(PlacedDesign? placed)
    {
        if (placed is null || placed.Design.LinkPolicy == LinkPolicy.Kept)
        {
            return [];
        }

        var names = placed.Design.Groups
            .SelectMany(group => group.Components, (group, component) => (component.Id, Text: $"{component.Workload} on {placed.Places[group.Name]}"))
            .ToDictionary(entry => entry.Id, entry => entry.Text);
        return
        [
            .. Crossing(placed).Select(link => $"{names[link.From]} calls {names[link.To]} through Service {link.Service.Name}, "
                + "but the clusters offer no Multi-Cluster Services"),
        ];
    }

    /// <summary>Where a call leads.</summary>
    public static CallPath PathOf(PlacedDesign placed, ComponentLink link) =>
        !Crossing(placed).Contains(link) ? CallPath.Local : placed.Design.LinkPolicy == LinkPolicy.Kept ? CallPath.Clusterset : CallPath.Cut;

    private static IReadOnlyList<ComponentLink> Crossing(PlacedDesign placed) => CrossClusterLinks.Crossing(
        placed.Design.Groups,
        placed.Design.Links,
        placed.Places.ToDictionary(place => place.Key, place => (IReadOnlyList<string>)[place.Value], StringComparer.Ordinal));
}
