using System.Text.Json.Nodes;
using NaaS.Fulfilment.Reconcile;
using NaaS.Fulfilment.Render;

namespace NaaS.Fulfilment.Preview;

/// <summary>What makes two plans the same: chart, rendered objects, rules and what runs before. Which of several clusters OCM takes is left open.</summary>
internal static class PlanDigest
{
    /// <summary>Digest of a plan.</summary>
    public static string Of(Design design, Revision? good, IReadOnlyList<ExpectedPlace> places) => Digests.Of(
    [
        design.ChartDigest,
        design.Digest,
        good?.Design?.Digest,
        new JsonObject((good?.Places ?? new Dictionary<string, string>()).Select(place => KeyValuePair.Create(place.Key, (JsonNode?)place.Value))),
        new JsonArray([.. places.Select(place => new JsonArray([place.Group.Name, place.Group.Rule.Digest, .. place.Suitable.Select(name => (JsonNode)name)]))]),
    ]);
}
