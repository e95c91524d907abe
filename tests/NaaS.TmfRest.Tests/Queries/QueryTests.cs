using System.Text.Json.Nodes;
using NaaS.TmfRest.Tests.Support;

namespace NaaS.TmfRest.Tests.Queries;

/// <summary>Filters, sort, paging and fields over HTTP: the same questions and answers for both databases.</summary>
public abstract class QueryTests(string kind, SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private static readonly string[] Bodies =
    [
        """
        {"name":"alpha","state":"active","startDate":"2026-11-24T10:00:00+02:00","hasStarted":true,"category":"CustomerFacingService","@type":"Service",
         "serviceSpecification":{"id":"s1","version":"1.0"},"description":"a, comma",
         "serviceCharacteristic":[{"name":"cpu","value":4},{"name":"size","value":"large"}],"note":[{"text":"first","author":"ann"},{"text":"second","author":"bob"}]}
        """,
        """
        {"name":"Beta","state":"inactive","startDate":"2026-11-24T08:00:00.000000001Z","hasStarted":false,
         "serviceSpecification":{"id":"s1","version":"1.10"},
         "serviceCharacteristic":[{"name":"cpu","value":"12"},{"name":"size","value":{"value":"small","alias":""}}],"note":[{"text":"third","author":"ann"}]}
        """,
        """
        {"name":"gamma*","state":"reserved","startDate":"2026-11-25T00:00Z","serviceSpecification":{"id":"s2"},
         "serviceCharacteristic":[{"name":"size","value":"4"},{"name":"cpu","value":1.5}],
         "supportingService":[{"id":"x1","name":"inner","state":"active"}]}
        """,
        """{"name":"délta 100%","state":"terminated","serviceSpecification":{"id":"s2"},"description":"quote \" and _ and [x]"}""",
        """{"name":"epsilon","state":"active","startDate":"2026-12-01T00:00:00Z","serviceSpecification":{"id":"s3"},"serviceCharacteristic":[{"name":"flags","value":[true,"b"]}]}""",
    ];

    private TmfServer server = null!;

    public async ValueTask InitializeAsync() =>
        server = await shared.GetAsync(() => Plain.StartAsync(kind), async fresh =>
        {
            foreach (var body in Bodies)
            {
                (await fresh.Web.Post(Plain.Services, body)).ShouldBe(201);
            }
        });

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("", "alpha Beta gamma* délta epsilon")]
    [InlineData("name=alpha", "alpha")]
    [InlineData("name=ALPHA", "")]
    [InlineData("name=\"alpha\"", "alpha")]
    [InlineData("state=active", "alpha epsilon")]
    [InlineData("state=ACTIVE", "alpha epsilon")]
    [InlineData("state=active,reserved", "alpha gamma* epsilon")]
    [InlineData("state=active&state=reserved", "alpha gamma* epsilon")]
    [InlineData("state=active;state=reserved", "alpha gamma* epsilon")]
    [InlineData("state=active;reserved", "alpha gamma* epsilon")]
    [InlineData("state.eq=active", "alpha epsilon")]
    [InlineData("state.ne=active", "Beta gamma* délta")]
    [InlineData("state.ne=active,terminated", "Beta gamma*")]
    [InlineData("category.ne=CustomerFacingService", "Beta gamma* délta epsilon")]
    [InlineData("state=active&name=epsilon", "epsilon")]
    [InlineData("description=\"a, comma\"", "alpha")]
    [InlineData("serviceSpecification.id=s2", "gamma* délta")]
    [InlineData("serviceSpecification.version=1.0", "alpha")]
    [InlineData("serviceSpecification.version=1", "")]
    [InlineData("note.author=ann", "alpha Beta")]
    [InlineData("note.author=ann&note.text=second", "alpha")]
    [InlineData("supportingService.state=active", "gamma*")]
    [InlineData("hasStarted=true", "alpha")]
    [InlineData("hasStarted=false", "Beta")]
    [InlineData("type=Service", "alpha")]
    [InlineData("@type=Service", "alpha")]
    [InlineData("name=*a", "alpha Beta")]
    [InlineData("name=*a*", "alpha Beta gamma* délta")]
    [InlineData("name=\"gamma*\"", "gamma*")]
    [InlineData("name=d*100%25", "délta")]
    [InlineData("description=*_*[x]", "délta")]
    [InlineData("description=quote*", "délta")]
    [InlineData("name.regex=^[A-G]", "Beta")]
    [InlineData("name*=^.e.a$", "Beta")]
    [InlineData("name=~^(alpha|epsilon)$", "alpha epsilon")]
    [InlineData("name.gt=c", "gamma* délta epsilon")]
    [InlineData("name%3Ealpha", "gamma* délta epsilon")]
    [InlineData("name%3E=alpha", "alpha gamma* délta epsilon")]
    [InlineData("name%3C=alpha", "alpha Beta")]
    [InlineData("name%3Calpha", "Beta")]
    [InlineData("name==alpha", "alpha")]
    [InlineData("startDate=2026-11-24T08:00:00Z", "alpha Beta")]
    [InlineData("startDate=2026-11-24T10:00:00+02:00", "alpha Beta")]
    [InlineData("startDate=2026-11-24T10:00:00%2B02:00", "alpha Beta")]
    [InlineData("startDate=2026-11-24", "alpha Beta")]
    [InlineData("startDate.gt=2026-11-24", "gamma* epsilon")]
    [InlineData("startDate.gte=2026-11-24", "alpha Beta gamma* epsilon")]
    [InlineData("startDate.lte=2026-11-24", "alpha Beta")]
    [InlineData("startDate.lt=2026-11-25T00:00:00Z", "alpha Beta")]
    [InlineData("startDate.lte=2026-11-25T00:00:00Z&startDate.gt=2026-11-24T09:00:00Z", "gamma*")]
    [InlineData("serviceCharacteristic.name=cpu&serviceCharacteristic.value=4", "alpha gamma*")]
    [InlineData("serviceCharacteristic.cpu=4", "alpha")]
    [InlineData("serviceCharacteristic.size=4", "gamma*")]
    [InlineData("serviceCharacteristic.size=small", "Beta")]
    [InlineData("serviceCharacteristic.cpu.gt=1.5", "alpha Beta")]
    [InlineData("serviceCharacteristic.cpu.gte=1.5", "alpha Beta gamma*")]
    [InlineData("serviceCharacteristic.cpu.lt=12", "alpha gamma*")]
    [InlineData("serviceCharacteristic.value=true", "epsilon")]
    [InlineData("serviceCharacteristic.value=b", "epsilon")]
    [InlineData("serviceCharacteristic.value.value=small", "Beta")]
    [InlineData("depth=2&expand=note", "alpha Beta gamma* délta epsilon")]
    public async Task A_filter_selects(string query, string names)
    {
        var answer = await server.Web.Get($"{Plain.Services}?{query}");

        answer.ShouldBe(200);
        Names(answer).ShouldBe(names);
        answer.Header("X-Total-Count").ShouldBe($"{answer.Array.Count}");
    }

    [Theory]
    [InlineData("serviceCharacteristic[?(@.name=='cpu' && @.value=='4')]", "alpha")]
    [InlineData("serviceCharacteristic[?(@.name=='cpu' && @.value==4)]", "alpha")]
    [InlineData("$.serviceCharacteristic[?(@.name=='size' && @.value=='4')]", "gamma*")]
    [InlineData("$.serviceCharacteristic[*][?(@.name == \"cpu\" && @.value > 3)]", "alpha Beta")]
    [InlineData("serviceCharacteristic[?(@.name=='cpu' && @.value <= 4)]", "alpha gamma*")]
    [InlineData("serviceCharacteristic[?(@.name=='size' && @.value.value=='small')]", "Beta")]
    [InlineData("note[?(@.author=='ann' && @.text=='second')]", "")]
    [InlineData("note[?(@.author=='ann' || @.text=='second')]", "alpha Beta")]
    [InlineData("note[?(!(@.author=='ann'))]", "alpha")]
    [InlineData("note[?(@.author!='ann')]", "alpha")]
    [InlineData("note[?(@.author=~'^b' && @.text=~/con/)]", "alpha")]
    [InlineData("note[?(@.author && !@.date)]", "alpha Beta")]
    [InlineData("$[?(@.state=='active')]", "alpha epsilon")]
    [InlineData("[?(@.state=='active' && @.hasStarted==true)]", "alpha")]
    [InlineData("[?(@.name > 'c' && (@.state=='reserved' || @.state=='terminated'))]", "gamma* délta")]
    [InlineData("$[?(@['@type']=='Service')]", "alpha")]
    [InlineData("[?(@.serviceSpecification.id=='s2')]", "gamma* délta")]
    [InlineData("[?(@.note.author=='bob')]", "alpha")]
    [InlineData("serviceCharacteristic[?(@.value==true)]", "epsilon")]
    [InlineData("[?(@.description=='quote \" and _ and [x]')]", "délta")]
    [InlineData("[?(@.name=='it\\'s')]", "")]
    public async Task A_json_path_ties_conditions_to_one_element(string filter, string names)
    {
        var answer = await server.Web.Get($"{Plain.Services}?filter={Uri.EscapeDataString(filter)}");

        answer.ShouldBe(200);
        Names(answer).ShouldBe(names);
        answer.Header("X-Total-Count").ShouldBe($"{answer.Array.Count}");
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("note", 400)]
    [InlineData("note[?(@.author=='x'", 400)]
    [InlineData("note[?(@.author==x)]", 400)]
    [InlineData("note[?(@.colour=='x')]", 400)]
    [InlineData("note[?(@.author=~'(')]", 400)]
    [InlineData("note[?()]", 400)]
    [InlineData("$..note[?(@.author=='x')]", 501)]
    [InlineData("note[?(@.author==null)]", 501)]
    [InlineData("note[?(@.author=='x')].text", 501)]
    [InlineData("note[?(@.date>'2026-11-24')]", 501)]
    public async Task A_json_path_that_is_wrong_or_not_offered_says_so(string filter, int status) =>
        (await server.Web.Get($"{Plain.Services}?filter={Uri.EscapeDataString(filter)}")).ShouldBeError(status);

    [Theory]
    [InlineData("sort=name", "Beta alpha délta epsilon gamma*")]
    [InlineData("sort=-name", "gamma* epsilon délta alpha Beta")]
    [InlineData("sort=%2Bname", "Beta alpha délta epsilon gamma*")]
    [InlineData("sort=+name", "Beta alpha délta epsilon gamma*")]
    [InlineData("sort=serviceSpecification.id,-name", "alpha Beta gamma* délta epsilon")]
    [InlineData("sort=startDate", "alpha Beta gamma* epsilon délta")]
    [InlineData("sort=-startDate", "epsilon gamma* alpha Beta délta")]
    [InlineData("sort=serviceCharacteristic.cpu", "gamma* alpha Beta délta epsilon")]
    [InlineData("sort=name&limit=2", "Beta alpha")]
    [InlineData("sort=name&limit=2&offset=4", "gamma*")]
    [InlineData("sort=name&offset=3", "epsilon gamma*")]
    [InlineData("offset=99", "")]
    [InlineData("limit=0", "")]
    public async Task A_page_is_sorted_and_counted(string query, string names)
    {
        var answer = await server.Web.Get($"{Plain.Services}?{query}");

        answer.ShouldBe(200);
        Names(answer).ShouldBe(names);
        answer.Header("X-Total-Count").ShouldBe("5");
        answer.Header("X-Result-Count").ShouldBe($"{answer.Array.Count}");
    }

    [Theory]
    [InlineData("colour=red", "colour")]
    [InlineData("state.colour=red", "state.colour")]
    [InlineData("sort=colour", "colour")]
    [InlineData("limit=-1", "limit")]
    [InlineData("offset=x", "offset")]
    [InlineData("name.regex=(", "name")]
    [InlineData("name.regex=\\d", "name")]
    [InlineData("name.regex=a*?", "name")]
    public async Task A_query_that_means_nothing_is_refused_and_named(string query, string named) =>
        (await server.Web.Get($"{Plain.Services}?{query}")).ShouldBeError(400, "28").Text("message").ShouldContain(named);

    [Theory]
    [InlineData("none", "id href")]
    [InlineData("name", "id href name")]
    [InlineData("name,unknown", "id href name")]
    [InlineData("note.text", "id href note")]
    public async Task Fields_reduce_one_and_all(string fields, string names)
    {
        var list = await server.Web.Get($"{Plain.Services}?name=alpha&fields={fields}");
        var one = await server.Web.Get($"{Plain.Services}/{list.Text("0.id")}?fields={fields}");

        foreach (var found in new[] { list.Array[0]!.AsObject(), one.Object })
        {
            string.Join(" ", found.Select(field => field.Key)).ShouldBe(names);
        }

        if (fields == "note.text")
        {
            one.Object["note"]!.ToJsonString().ShouldBe("""[{"text":"first"},{"text":"second"}]""");
        }
    }

    [Fact]
    public async Task Links_lead_through_the_pages_and_keep_the_query()
    {
        var seen = new List<string>();
        var next = $"{Plain.Services}?sort=name&limit=2&state.ne=designed";
        while (next is not null)
        {
            var page = await server.Web.Get(next);
            seen.AddRange(Names(page).Split(' '));
            next = page.Header("Link").Split(", ").FirstOrDefault(link => link.EndsWith("rel=\"next\"", StringComparison.Ordinal))?.Split('<', '>')[1];
        }

        seen.ShouldBe(["Beta", "alpha", "délta", "epsilon", "gamma*"]);
    }

    private static string Names(Answer answer) => string.Join(' ', answer.Array.Select(Name));

    private static string Name(JsonNode? service) => service!["name"]!.GetValue<string>().Split(' ')[0];
}

public sealed class SqliteQueryTests(SharedServer shared) : QueryTests(Database.Sqlite, shared);

public sealed class PostgresQueryTests(SharedServer shared) : QueryTests(Database.Postgres, shared);
