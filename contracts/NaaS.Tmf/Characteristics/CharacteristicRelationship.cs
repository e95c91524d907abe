using System.Text.Json.Nodes;

namespace NaaS.Tmf.Characteristics;

/// <summary>
/// What ties a characteristic to another of the same specification (TMF633 charSpecRelationship): with <c>dependency</c> a value is only taken where
/// the other has one, with <c>exclusivity</c> only where the customer chose none for the other. The other kinds that TMF633 names say nothing to orders.
/// </summary>
internal sealed record CharacteristicRelationship(string Kind, string Other, string Specification, Period ValidFor)
{
    public static CharacteristicRelationship Read(JsonObject node) => new(
        ValueText.Of(node["relationshipType"]),
        ValueText.Of(node["name"]),
        ValueText.Of(node["parentSpecificationId"]),
        Period.Read(node["validFor"]));

    /// <summary>Relationships that the accepted values break. A default is no choice of the customer's: it neither needs nor excludes anything.</summary>
    /// <param name="rules">The characteristics of a specification.</param>
    /// <param name="specificationId">Its id: what is related to a characteristic of another specification is not judged here.</param>
    /// <param name="accepted">All values of the service.</param>
    /// <param name="now">Tells which relationships are in effect.</param>
    public static IEnumerable<Violation> Complaints(
        IEnumerable<CharacteristicRule> rules, string specificationId, IReadOnlyList<AcceptedCharacteristic> accepted, DateTimeOffset now)
    {
        var given = accepted.Where(one => one.Text.Length > 0).Select(one => one.Name).ToHashSet(StringComparer.Ordinal);
        var chosen = accepted.Where(one => one.Text.Length > 0 && !one.IsDefault).Select(one => one.Name).ToHashSet(StringComparer.Ordinal);
        return rules.Where(rule => chosen.Contains(rule.Name)).SelectMany(rule => rule.Relationships
            .Where(relationship => relationship.Specification.Length == 0 || relationship.Specification == specificationId)
            .Where(relationship => relationship.ValidFor.Contains(now))
            .Select(relationship => relationship.Kind.ToUpperInvariant() switch
            {
                "DEPENDENCY" when !given.Contains(relationship.Other) => $"needs a value for {relationship.Other}",
                "EXCLUSIVITY" when chosen.Contains(relationship.Other) => $"cannot go with {relationship.Other}",
                _ => null,
            })
            .OfType<string>()
            .Select(reason => new Violation(rule.Name, ViolationKind.Relationship, reason)));
    }
}
