using NaaS.Api.Tests.Conformance.Walk;
using NaaS.TmfRest.Tests.Support;

namespace NaaS.Api.Tests.Conformance;

/// <summary>
/// Walks every resource through everything that TM Forum says of it, against the running API and its hubs, and prints the result as a table.
/// Answers and notifications are validated by the official schemas where those are here (column schema).
/// </summary>
public abstract class ConformanceTests(string kind)
{
    [Fact(Timeout = 300_000)]
    public async Task Every_rule_holds_for_every_resource()
    {
        await using var world = await World.StartAsync(kind);
        var card = new Scorecard($"TM Forum conformance on {kind}{(OfficialSchemas.AreHere ? "" : " (official schemas are not here)")}");
        foreach (var resource in ResourceCases.All)
        {
            var document = (await world.Web.Get($"/openapi/{resource.Number}.json")).ShouldBe(200).Object;
            await new ResourceWalk(resource, world, new Sample(document), card).RunAsync();
        }

        Console.WriteLine(card);
        card.Failures.ShouldBeEmpty(card.ToString());
    }
}

public sealed class SqliteConformanceTests() : ConformanceTests(Database.Sqlite);

public sealed class PostgresConformanceTests() : ConformanceTests(Database.Postgres);
