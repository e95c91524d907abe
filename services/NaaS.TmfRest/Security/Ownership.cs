using System.Text.Json.Nodes;
using NaaS.TmfRest.Errors;
using NaaS.TmfRest.Queries;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Storage;

namespace NaaS.TmfRest.Security;

/// <summary>A customer's view: only resources that name the customer in relatedParty. What is not the customer's own is answered as if it did not exist.</summary>
internal static class Ownership
{
    private const string Path = "relatedParty.id";

    /// <summary>The party that a caller's resources must name; null where the caller sees all or the resource has no owners.</summary>
    public static string? Party(HttpContext context, ResourceDefinition resource) =>
        resource.HasOwners && Caller.Of(context) is { SeesAll: false } caller ? caller.Subject : null;

    /// <summary>Restricts a list.</summary>
    public static ResourceQuery Restrict(ResourceQuery query, string? party) =>
        party is null ? query : query with
        {
            Conditions = [.. query.Conditions, new Condition(new AttributePath(Path, AttributeKind.Text), Operator.Equal, [new Pattern(party, Quoted: true)])],
        };

    /// <summary>Restricts a hub registration to events of the caller's own resources.</summary>
    public static string Restrict(string query, HttpContext context, IEnumerable<ResourceDefinition> resources)
    {
        var own = resources.Select(resource => (resource.Name, Party: Party(context, resource))).FirstOrDefault(resource => resource.Party is not null);
        return own.Party is null ? query
            : string.Join('&', new[] { query, $"event.{own.Name}.{Path}=\"{Uri.EscapeDataString(own.Party)}\"" }.Where(part => part.Length > 0));
    }

    /// <summary>Hides a resource that is another's.</summary>
    /// <exception cref="ResourceNotFoundException">It is.</exception>
    public static void Check(ResourceRow row, string? party)
    {
        if (party is not null && !SearchMap.Of(JsonNode.Parse(row.Document)!.AsObject()).At(Path).Any(id => id.ToString() == party))
        {
            throw new ResourceNotFoundException(row.Type, row.Id);
        }
    }

    /// <summary>Names the caller in a new resource.</summary>
    public static void Claim(JsonObject body, string? party)
    {
        if (party is null)
        {
            return;
        }

        if (body["relatedParty"] is not JsonArray parties)
        {
            body["relatedParty"] = parties = [];
        }

        if (!parties.Any(entry => entry?["id"]?.ToString() == party))
        {
            parties.Add(new JsonObject { ["id"] = party, ["role"] = "requester", ["@referredType"] = "Individual", ["@type"] = "RelatedParty" });
        }
    }
}
