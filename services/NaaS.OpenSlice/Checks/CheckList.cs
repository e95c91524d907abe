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

    /// <summary>The checks hold, unless one of them was seen to fail before.</summary>
    public void Pass(IEnumerable<int> numbers, string seen)
    {
        foreach (var number in numbers.Where(number => !HasFailed(number)))
        {
            results[number - 1] = results[number - 1] with { Outcome = CheckOutcome.Passed, Detail = seen };
        }
    }

    /// <summary>The check does not hold, whatever else is seen later; what was seen first is told.</summary>
    public void Fail(int number, string seen)
    {
        if (!HasFailed(number))
        {
            results[number - 1] = results[number - 1] with { Outcome = CheckOutcome.Failed, Detail = seen };
        }
    }

    /// <summary>Says why the checks are not run, as far as they are not decided.</summary>
    public void Leave(IEnumerable<int> numbers, string why)
    {
        foreach (var number in numbers.Where(number => results[number - 1].Outcome == CheckOutcome.NotRun))
        {
            results[number - 1] = results[number - 1] with { Detail = why };
        }
    }

    /// <summary>Does something with the partner. What goes wrong fails the check that it names, or the one that is blamed for such a thing.</summary>
    /// <returns>Whether nothing went wrong.</returns>
    public async Task<bool> TryAsync(Func<Task> act, Func<Exception, int> blame)
    {
        try
        {
            await act();
            return true;
        }
        catch (CheckFailedException failure)
        {
            Fail(failure.Number, failure.Message);
        }
        catch (Exception exception) when (exception is JacksonException or HttpRequestException or TaskCanceledException { InnerException: TimeoutException })
        {
            Fail(blame(exception), exception.Message);
        }

        return false;
    }

    /// <summary>Runs what decides one check.</summary>
    /// <returns>Whether it holds.</returns>
    public Task<bool> RunAsync(int number, Func<Task<string>> check) => TryAsync(async () => Pass([number], await check()), _ => number);

    private bool HasFailed(int number) => results[number - 1].Outcome == CheckOutcome.Failed;
}
