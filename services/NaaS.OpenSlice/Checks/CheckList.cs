using NaaS.OpenSlice.Osom;

namespace NaaS.OpenSlice.Checks;

/// <summary>The 34 checks and what came of them so far.</summary>
internal sealed class CheckList
{
    private static readonly string[] Titles =
    [
        "Password grant with Basic client authentication gives a bearer token",
        "Token endpoint takes a request for every call",
        "Paths are exactly /tmf-api/serviceCatalogManagement, serviceOrdering and serviceInventory /v4",
        "401 without a valid token; no redirects; JSON; every answer within 30 s",
        "The category is one object with candidates and without nulls",
        "Each candidate names its specification",
        "The list of specifications is an array of objects with ids",
        "Every specification that is listed can be read",
        "Specifications have name, version, type and serviceSpecCharacteristic",
        "Values of characteristics are texts in objects",
        "relatedParty and attachment are never null, validFor is whole",
        "Dates are ISO 8601 with an offset",
        "Ids of specifications are globally unique and stable",
        "An order is taken as OpenSlice writes it",
        "Values are taken as object and as plain text",
        "Characteristics that are not needed are taken",
        "A refusal is a state of the order, not an error of HTTP",
        "Order items have uuid, service and supportingService",
        "States of orders are OpenSlice's",
        "An order can be read at once and for its whole life",
        "Completed means that every supporting service is active and named",
        "A refused order says why in a note",
        "A service has uuid, name, state, category, specification and values",
        "A service can be read after its end",
        "Reading a service again changes nothing and is cheap",
        "A change shows in the service within one poll, under the same names",
        "A PATCH of a service with all characteristics and nulls is taken",
        "A PATCH of a service answers with the whole service at once",
        "A PATCH with unchanged values changes nothing",
        "A PATCH of an order is taken, and ends its services where asked",
        "Services end by themselves at requestedCompletionDate",
        "Senseless ids are answered with a quick 4xx",
        "Names of characteristics are free of :: and of reserved words",
        "Nothing depends on OpenSlice calling a hub",
    ];

    private readonly CheckResult[] results = [.. Titles.Select((title, index) => new CheckResult(index + 1, title, CheckOutcome.NotRun, "not reached"))];

    public IReadOnlyList<CheckResult> Results => results;

    public void Pass(int number, string seen)
    {
        // What failed once stays failed, whatever else is seen.
        if (results[number - 1].Outcome != CheckOutcome.Failed)
        {
            results[number - 1] = results[number - 1] with { Outcome = CheckOutcome.Passed, Detail = seen };
        }
    }

    public void Fail(int number, string seen) => results[number - 1] = results[number - 1] with { Outcome = CheckOutcome.Failed, Detail = seen };

    public void Leave(IEnumerable<int> numbers, string why)
    {
        foreach (var number in numbers.Where(number => results[number - 1].Outcome == CheckOutcome.NotRun))
        {
            results[number - 1] = results[number - 1] with { Detail = why };
        }
    }

    /// <summary>Runs what decides these checks: all hold, or all fail with what went wrong.</summary>
    /// <returns>Whether they hold.</returns>
    public async Task<bool> RunAsync(int[] numbers, Func<Task<string>> check)
    {
        try
        {
            var seen = await check();
            Array.ForEach(numbers, number => Pass(number, seen));
            return true;
        }
        catch (Exception exception) when (exception is CheckFailedException or JacksonException or HttpRequestException or TaskCanceledException { InnerException: TimeoutException })
        {
            Array.ForEach(numbers, number => Fail(number, exception.Message));
            return false;
        }
    }
}
