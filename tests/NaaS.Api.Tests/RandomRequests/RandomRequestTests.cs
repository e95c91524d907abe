using System.Globalization;
using NaaS.Api.Tests.Documents;
using NaaS.TmfRest.Tests.Support;

namespace NaaS.Api.Tests.RandomRequests;

/// <summary>
/// Random requests from our own documents: never a 5xx (but 501 for what is not offered), every error in TM Forum's form, every success valid by
/// schema. NAAS_RANDOM_REQUESTS sets their number per API, NAAS_RANDOM_SEED takes others than those of every short run.
/// </summary>
public abstract class RandomRequestTests(string kind, SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly int Count = Number("NAAS_RANDOM_REQUESTS") ?? 400;

    [Theory(Timeout = 900_000), InlineData("TMF633"), InlineData("TMF638"), InlineData("TMF641"), InlineData("TMF645")]
    public async Task No_request_breaks_the_server(string api)
    {
        var server = await shared.GetAsync(() => ApiServer.StartAsync(kind));
        // In a short run of any seed one in twenty has no valid POST of TMF645 at all, so that nothing that was made would be read.
        var seed = Number("NAAS_RANDOM_SEED") ?? 1;
        var document = (await server.Web.Get($"/openapi/{api}.json")).Object;
        var schemas = new Schemas(document);
        var requests = new RandomRequests(document, new Random(seed));
        var statuses = new SortedDictionary<int, int>();
        for (var index = 0; index < Count; index++)
        {
            var request = requests.Next();
            var answer = await server.Web.Send(request.Method, request.Path, request.Body, request.MediaType);
            statuses[answer.Code] = statuses.GetValueOrDefault(answer.Code) + 1;
            var what = $"seed {seed}, request {index}: {request}\n{answer.Code} {answer.Body?.ToJsonString()}";
            if (answer.Code >= 400)
            {
                answer.Code.ShouldBeOneOf([400, 404, 405, 406, 409, 412, 413, 415, 422, 501], what);
                answer.ShouldBeError(answer.Code);
                continue;
            }

            var schema = document["paths"]![request.Template]?[request.Method.Method.ToLowerInvariant()]?["responses"]?[$"{answer.Code}"]?["content"]?["application/json"]?["schema"];
            if (schema is not null && !request.Path.Contains("fields=", StringComparison.Ordinal))
            {
                (await schemas.ErrorsAsync(schema, answer.Body)).ShouldBeEmpty(what);
            }

            if (answer.Code == 201)
            {
                requests.Created.Add((request.Template, answer.Id));
            }
        }

        TestContext.Current.SendDiagnosticMessage("{0}", $"{api} on {kind}, seed {seed}: {string.Join(", ", statuses.Select(status => $"{status.Key}: {status.Value}"))}");
        // Random orders are mostly refused: too few for one to be sure in a short run.
        statuses.Keys.ShouldContain(api == "TMF641" ? 200 : 201);
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}

public sealed class SqliteRandomRequestTests(SharedServer shared) : RandomRequestTests(Database.Sqlite, shared);

public sealed class PostgresRandomRequestTests(SharedServer shared) : RandomRequestTests(Database.Postgres, shared);
