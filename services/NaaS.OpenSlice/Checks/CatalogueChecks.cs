using System.Text.Json.Nodes;
using NaaS.OpenSlice.Osom;
using static NaaS.OpenSlice.Checks.CheckFailedException;

namespace NaaS.OpenSlice.Checks;

/// <summary>Imports the catalogue as OpenSlice does each half hour: category, candidates, specifications.</summary>
internal sealed class CatalogueChecks(OsomClient client, CheckList list)
{
    private readonly Dictionary<string, JsonObject> specifications = [];
    private readonly HashSet<string> ids = [];

    public async Task<IReadOnlyDictionary<string, JsonObject>> RunAsync(CancellationToken cancellationToken)
    {
        await list.RunAsync([7], () => ListAsync(cancellationToken));
        if (client.Access.CategoryPath.Length == 0)
        {
            list.Leave([5, 6], "no category is given");
        }
        else
        {
            await CandidatesAsync(cancellationToken);
        }

        // All of this is one loop in OpenSlice: one failure loses all.
        await list.RunAsync([8, 9, 10, 11, 12, 13], () => ReadAllAsync(cancellationToken));
        return specifications;
    }

    private async Task<string> ListAsync(CancellationToken cancellationToken)
    {
        ids.UnionWith(await client.SpecificationsAsync(cancellationToken));
        return $"{ids.Count} specifications";
    }

    private async Task CandidatesAsync(CancellationToken cancellationToken)
    {
        JsonArray candidates = [];
        var read = await list.RunAsync([5], async () =>
        {
            var category = await client.CategoryAsync(cancellationToken);
            candidates = category["serviceCandidate"]!.AsArray();
            Unless(candidates.Count > 0, "the category is empty: nothing would be imported");
            return $"category {category["name"]} with {candidates.Count} candidates";
        });
        if (read)
        {
            await list.RunAsync([6], async () =>
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

    private async Task<string> ReadAllAsync(CancellationToken cancellationToken)
    {
        foreach (var id in ids)
        {
            var specification = await client.SpecificationAsync(id, cancellationToken);
            Unless((string?)specification["id"] == id, $"{id} answers with id {specification["id"]}");
            Unless(Guid.TryParse(id, out _), $"the id {id} is no UUID: OpenSlice tells specifications of all partners apart by it alone");
            Unless(specification["name"] is not null && specification["version"] is not null, $"{id} lacks name or version");
            Unless((string?)specification["@type"] is "CustomerFacingServiceSpecification" or "ResourceFacingServiceSpecification", $"{id} has @type {specification["@type"]}");
            Unless(specification["serviceSpecCharacteristic"] is JsonArray, $"{id} has no serviceSpecCharacteristic");
            specifications[id] = specification;
        }

        return $"{specifications.Count} specifications";
    }
}
