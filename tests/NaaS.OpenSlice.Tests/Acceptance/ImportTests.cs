using System.Text.Json.Nodes;
using NaaS.OpenSlice.Osom;
using NaaS.OpenSlice.Tests.Hosting;

namespace NaaS.OpenSlice.Tests.Acceptance;

/// <summary>How OpenSlice imports our catalogue, with the numbers of its acceptance checks.</summary>
public sealed class ImportTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Check_07_The_list_of_specifications_is_an_array_of_objects_with_ids()
    {
        await using var naas = await Naas.StartWithTokensAsync();
        using var client = new OsomClient(Tokens.OpenSlice(naas.Url), TimeProvider.System);
        (await client.SpecificationsAsync(Stop)).ShouldBeEmpty();
        string[] published = [await naas.PublishAsync("shop", Samples.Application), await naas.PublishAsync("cluster", Samples.Cluster)];

        (await client.SpecificationsAsync(Stop)).ShouldBe(published, ignoreOrder: true);
    }

    [Fact(Timeout = 60_000)]
    public async Task Check_08_Everything_that_is_listed_or_a_candidate_can_be_read_however_odd_it_was_published()
    {
        await using var naas = await Naas.StartWithTokensAsync();
        await naas.PublishAsync("plain", Samples.Application);
        await naas.PublishAsync("without characteristics");
        await naas.PublishAsync("odd", Odd("a flag", "BOOLEAN", true), Odd("a decimal", "FLOAT", 1.5), Odd("a list", "ARRAY", new JsonArray("a", "b")), Odd("an object", "OBJECT", new JsonObject { ["a"] = 1 }));
        using var client = new OsomClient(Tokens.OpenSlice(naas.Url), TimeProvider.System);
        using var player = new OsomPlayer(client, TimeSpan.FromSeconds(1));

        foreach (var id in await client.SpecificationsAsync(Stop))
        {
            await client.SpecificationAsync(id, Stop);
        }

        await player.ImportAsync(Stop);
        player.Catalogue.Values.Select(specification => (string?)specification["name"]).ShouldBe(["plain", "without characteristics", "odd"], ignoreOrder: true);
    }

    [Fact(Timeout = 60_000)]
    public async Task Check_13_Ids_of_specifications_are_UUIDs_and_stay_whatever_is_edited_or_restarted()
    {
        var folder = Directory.CreateTempSubdirectory("naas-import-");
        try
        {
            string id;
            await using (var first = await Naas.StartWithTokensAsync(folder))
            {
                id = await first.PublishAsync("shop", Samples.Application);
                await first.SendAsync(HttpMethod.Patch, $"/tmf-api/serviceCatalogManagement/v4/serviceSpecification/{id}", new JsonObject { ["description"] = "a better text" });
            }

            await using var second = await Naas.StartWithTokensAsync(folder);
            using var player = new OsomPlayer(new OsomClient(Tokens.OpenSlice(second.Url), TimeProvider.System), TimeSpan.FromSeconds(1));
            await player.ImportAsync(Stop);
            player.Catalogue.Keys.ShouldBe([id]);
            Guid.TryParse(id, out _).ShouldBeTrue();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static JsonObject Odd(string name, string type, JsonNode byDefault) => new()
    {
        ["name"] = name,
        ["valueType"] = type,
        ["configurable"] = true,
        ["minCardinality"] = 0,
        ["maxCardinality"] = 1,
        ["validFor"] = new JsonObject { ["startDateTime"] = "2026-01-01T00:00:00Z" },
        ["characteristicValueSpecification"] = new JsonArray(new JsonObject { ["isDefault"] = true, ["valueType"] = type, ["value"] = byDefault }),
    };
}
