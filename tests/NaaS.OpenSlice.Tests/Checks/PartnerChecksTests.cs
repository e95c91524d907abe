using NaaS.OpenSlice.Checks;
using NaaS.OpenSlice.Osom;

namespace NaaS.OpenSlice.Tests.Checks;

/// <summary>What the checks do and leave, as they are asked to.</summary>
public sealed class PartnerChecksTests
{
    private static readonly int[] Reading = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 32, 33];

    [Fact]
    public async Task Without_a_specification_to_order_nothing_is_ordered_and_the_rest_is_not_run()
    {
        var (results, exchanges) = await CheckAsync(new CheckOptions());

        results.Where(result => result.Outcome == CheckOutcome.Passed).Select(result => result.Number).ShouldBe(Reading);
        results.Where(result => result.Outcome == CheckOutcome.NotRun).ShouldAllBe(result => result.Detail == "needs a specification to order");
        exchanges.ShouldAllBe(exchange => exchange.IsGet || exchange.Url.AbsolutePath == "/token");
    }

    [Fact]
    public async Task A_specification_that_is_not_imported_fails_the_check_of_ordering()
    {
        var (results, _) = await CheckAsync(new CheckOptions { Specification = Guid.NewGuid().ToString() });

        var failed = results.Where(result => result.Outcome == CheckOutcome.Failed).ShouldHaveSingleItem();
        failed.Number.ShouldBe(14);
        failed.Detail.ShouldContain("not among the imported ones");
    }

    private static async Task<(IReadOnlyList<CheckResult> Results, IReadOnlyCollection<Exchange> Exchanges)> CheckAsync(CheckOptions options)
    {
        await using var partner = await PlayedPartner.StartAsync(Fault.None);
        using var client = new OsomClient(partner.Access, TimeProvider.System);
        return (await new PartnerChecks(client, options, TimeProvider.System).RunAsync(TestContext.Current.CancellationToken), client.Exchanges);
    }
}
