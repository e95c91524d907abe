using System.Text.Json.Nodes;
using NaaS.OpenSlice.Osom;
using static NaaS.OpenSlice.Checks.CheckFailedException;

namespace NaaS.OpenSlice.Checks;

/// <summary>Imports the catalogue as OpenSlice does each half hour: category, candidates, specifications.</summary>
internal sealed class CatalogueChecks(OsomClient client, CheckList list)
{
    private static readonly int[] OfSpecifications = [8, 9, 10, 11, 12, 13, 33];
    private readonly Dictionary<string, JsonObject> specifications = [];
    private readonly HashSet<string> ids = [];

    public async Task<IReadOnlyDictionary<string, JsonObject>> RunAsync(CancellationToken cancellationToken)
    {
        await list.RunAsync(7, () => ListAsync(cancellationToken));
        if (client.Access.CategoryPath.Length == 0)
        {
            list.Leave([5, 6], "no category is given");
        }
        else
        {
            await CandidatesAsync(cancellationToken);
        }

        foreach (var id in ids)
        {
            await list.TryAsync(() => ReadAsync(id, cancellationToken), OfSpecification);
        }

        if (ids.Count > 0)
        {
            list.Pass(OfSpecifications, $"{specifications.Count} specifications");
        }

        list.Leave(OfSpecifications, "no specification is listed");
        return specifications;
    }

    private async Task<string> ListAsync(CancellationToken cancellationToken)
    {
        ids.UnionWith(await client.SpecificationsAsync(cancellationToken));
        var again = await client.SpecificationsAsync(cancellationToken);
        Unless(13, ids.SetEquals(again), "the list shows other ids when it is read again");
        return $"{ids.Count} specifications";
    }

    private async Task CandidatesAsync(CancellationToken cancellationToken)
    {
        JsonArray candidates = [];
        var read = await list.RunAsync(5, async () =>
        {
            var category = await client.CategoryAsync(cancellationToken);
            candidates = category["serviceCandidate"]!.AsArray();
            Unless(5, candidates.Count > 0, "the category is empty: nothing would be imported");
            return $"category {category["name"]} with {candidates.Count} candidates";
        });
        if (read)
        {
            await list.RunAsync(6, async () =>
            {
                foreach (var candidate in candidates)
                {
                    var found = await client.CandidateAsync((string)candidate!["id"]!, cancellationToken);
                    ids.Add((string)found["serviceSpecification"]!["id"]!);
                }

                return $"{candidates.Count} candidates";
            });
        }
    }

    private async Task ReadAsync(string id, CancellationToken cancellationToken)
    {
        var specification = await client.SpecificationAsync(id, cancellationToken);
        Unless(8, (string?)specification["id"] == id, $"{id} answers with id {specification["id"]}");
        Unless(13, Guid.TryParse(id, out _), $"the id {id} is no UUID: OpenSlice tells specifications of all partners apart by it alone");
        Unless(9, specification["name"] is not null && specification["version"] is not null, $"{id} lacks name or version");
        Unless(9, (string?)specification["@type"] is "CustomerFacingServiceSpecification" or "ResourceFacingServiceSpecification", $"{id} has @type {specification["@type"]}");
        Unless(9, specification["serviceSpecCharacteristic"] is JsonArray, $"{id} has no serviceSpecCharacteristic");
        Names.Check(specification["serviceSpecCharacteristic"]!.AsArray());
        specifications[id] = specification;
    }

    // All of this is one loop in OpenSlice: one failure loses all specifications of the partner.
    private static int OfSpecification(Exception failure) => failure switch
    {
        JacksonException { Rule: JacksonRule.Value } => 10,
        JacksonException { Rule: JacksonRule.Optional } => 11,
        JacksonException { Rule: JacksonRule.Date } => 12,
        JacksonException => 9,
        _ => 8,
    };
}
