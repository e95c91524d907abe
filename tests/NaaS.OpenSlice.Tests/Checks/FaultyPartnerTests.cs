using NaaS.OpenSlice.Checks;
using NaaS.OpenSlice.Osom;

namespace NaaS.OpenSlice.Tests.Checks;

/// <summary>Each check can fail: it does against a partner that has the fault which it is there to find, and the others hold there.</summary>
public sealed class FaultyPartnerTests
{
    [Fact]
    public async Task Against_a_partner_without_fault_all_34_checks_hold()
    {
        var results = await CheckAsync(Fault.None);

        results.Where(result => result.Outcome != CheckOutcome.Passed).ShouldBeEmpty();
        results.Select(result => result.Number).ShouldBe(Enumerable.Range(1, 34));
    }

    [Theory]
    [InlineData(1, Fault.TokenWithoutType)]
    [InlineData(1, Fault.TokensAreRefused)]
    [InlineData(2, Fault.TokensAreLimited)]
    [InlineData(4, Fault.StrangersComeIn)]
    [InlineData(4, Fault.AnswersAsText)]
    [InlineData(5, Fault.CategoryOfNull)]
    [InlineData(5, Fault.CategoryIsEmpty)]
    [InlineData(6, Fault.CandidateWithoutSpecification)]
    [InlineData(7, Fault.ListIsAnObject)]
    [InlineData(8, Fault.OneSpecificationBreaks)]
    [InlineData(9, Fault.SpecificationWithoutVersion)]
    [InlineData(9, Fault.SpecificationWithoutType)]
    [InlineData(10, Fault.BooleanDefault)]
    [InlineData(10, Fault.BooleanValueOfService)]
    [InlineData(11, Fault.PartyIsNull)]
    [InlineData(11, Fault.PeriodWithoutEnd)]
    [InlineData(12, Fault.DateWithoutOffset)]
    [InlineData(12, Fault.OrderDateIsANumber)]
    [InlineData(13, Fault.IdIsNoUuid)]
    [InlineData(13, Fault.IdsChange)]
    [InlineData(14, Fault.NullsAreRefused)]
    [InlineData(15, Fault.PlainTextsAreRefused)]
    [InlineData(16, Fault.UnneededIsRefused)]
    [InlineData(17, Fault.RefusalIsAnError)]
    [InlineData(17, Fault.UnknownIsTaken)]
    [InlineData(18, Fault.ItemsWithoutUuid)]
    [InlineData(18, Fault.SupportingServiceIsNull)]
    [InlineData(19, Fault.StatesInLowerCase)]
    [InlineData(19, Fault.Held)]
    [InlineData(20, Fault.OrderIsThereLater)]
    [InlineData(20, Fault.OrderIsGoneWhenEnded)]
    [InlineData(21, Fault.CompletedTooEarly)]
    [InlineData(21, Fault.CompletedWithoutServices)]
    [InlineData(22, Fault.RefusalWithoutNote)]
    [InlineData(23, Fault.ServiceWithoutCategory)]
    [InlineData(23, Fault.ServiceWithoutUuid)]
    [InlineData(24, Fault.ServiceIsGoneWhenEnded)]
    [InlineData(25, Fault.ReadsLeaveNotes)]
    [InlineData(26, Fault.ChangeNeverShows)]
    [InlineData(27, Fault.NullStateIsRefused)]
    [InlineData(27, Fault.NullStateStops)]
    [InlineData(28, Fault.AnswerLacksCharacteristics)]
    [InlineData(29, Fault.EachPatchIsARevision)]
    [InlineData(29, Fault.UnknownCharacteristicIsRefused)]
    [InlineData(30, Fault.OrderPatchIsAConflict)]
    [InlineData(30, Fault.OrderPatchIsIgnored)]
    [InlineData(31, Fault.NeverEndsByDate)]
    [InlineData(31, Fault.EndsBeforeItsDate)]
    [InlineData(32, Fault.SenselessIdBreaks)]
    [InlineData(32, Fault.SenselessIdIsFound)]
    [InlineData(33, Fault.NameWithColons)]
    [InlineData(33, Fault.ReservedName)]
    [InlineData(34, Fault.WaitsForAHub)]
    public async Task A_check_fails_where_its_fault_is_and_no_other_does(int number, Fault fault)
    {
        var results = await CheckAsync(fault);

        var failed = results.Where(result => result.Outcome == CheckOutcome.Failed).ToList();
        failed.Select(result => result.Number).ShouldBe([number], string.Join('\n', failed));
        failed[0].Detail.ShouldNotBeNullOrWhiteSpace();
    }

    [Theory]
    [InlineData(Fault.InventoryElsewhere, new[] { 3, 23 })]
    [InlineData(Fault.AnswersRedirect, new[] { 4, 23 })]
    public async Task A_fault_in_every_answer_fails_what_cannot_be_read_too(Fault fault, int[] failing) =>
        (await CheckAsync(fault)).Where(result => result.Outcome == CheckOutcome.Failed).Select(result => result.Number).ShouldBe(failing);

    private static async Task<IReadOnlyList<CheckResult>> CheckAsync(Fault fault)
    {
        await using var partner = await PlayedPartner.StartAsync(fault);
        using var client = new OsomClient(partner.Access, TimeProvider.System);
        var options = new CheckOptions
        {
            Specification = PlayedPartner.Specification,
            Characteristics = new Dictionary<string, string> { [PlayedPartner.Knob] = "1" },
            Change = new(PlayedPartner.Knob, "2"),
            Interval = TimeSpan.FromMilliseconds(10),
            Sync = TimeSpan.FromSeconds(0.5),
            EndsAfter = TimeSpan.FromSeconds(0.3),
            Patience = TimeSpan.FromSeconds(1),
        };
        return await new PartnerChecks(client, options, TimeProvider.System).RunAsync(TestContext.Current.CancellationToken);
    }
}
