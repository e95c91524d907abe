using System.Text.Json.Nodes;
using NaaS.TmfRest.Tests.Support;

namespace NaaS.Api.Tests.Conformance;

/// <summary>What the published test kits check (facts: section 6): minimal bodies, mandatory attributes everywhere, fields and equality on each.</summary>
public abstract class KitTests(string kind, SharedServer shared) : IClassFixture<SharedServer>
{
    [Theory]
    [InlineData("/tmf-api/serviceCatalogManagement/v4/serviceSpecification", "ServiceSpecification", """{"name":"kit","@type":"ServiceSpecification"}""", "@type href id isBundle lastUpdate lifecycleStatus name")]
    [InlineData("/tmf-api/serviceOrdering/v4/serviceOrder", "ServiceOrder", """{"serviceOrderItem":[{"id":"1","action":"add","service":{"serviceSpecification":{"id":"42"}}}]}""", "serviceOrderItem href id state orderDate")]
    [InlineData("/tmf-api/serviceInventory/v4/service", "Service", """{"state":"active","serviceSpecification":{"id":"42"}}""", "state serviceSpecification serviceDate href id")]
    public async Task A_kit_passes(string path, string definition, string body, string mandatory)
    {
        var server = await shared.GetAsync(() => ApiServer.StartAsync(kind));

        var created = (await server.Web.Post(path, body)).ShouldBe(201).Object;
        var one = (await server.Web.Get($"{path}/{created["id"]}")).ShouldBe(200).Object;
        var all = (await server.Web.Get(path)).ShouldBe(200).Array;

        foreach (var resource in all.Select(element => element!.AsObject()).Append(created).Append(one))
        {
            foreach (var name in mandatory.Split(' '))
            {
                resource[name].ShouldNotBeNull(name);
            }

            (await OfficialSchemas.ErrorsAsync(path, definition, resource)).ShouldBeEmpty(resource.ToJsonString());
        }

        foreach (var name in mandatory.Split(' '))
        {
            var reduced = (await server.Web.Get($"{path}?fields={Uri.EscapeDataString(name)}")).ShouldBe(200);
            reduced.Array.ShouldAllBe(element => element![name] != null);
            if (one[name] is JsonValue value)
            {
                var equal = await server.Web.Get($"{path}?{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value.ToString())}");
                equal.ShouldBe(200).Array.ShouldContain(element => element!["id"]!.GetValue<string>() == one["id"]!.GetValue<string>(), name);
            }
        }

        (await server.Web.Get($"{path}/no-such-id")).ShouldBeError(404);
    }
}

public sealed class SqliteKitTests(SharedServer shared) : KitTests(Database.Sqlite, shared);

public sealed class PostgresKitTests(SharedServer shared) : KitTests(Database.Postgres, shared);
