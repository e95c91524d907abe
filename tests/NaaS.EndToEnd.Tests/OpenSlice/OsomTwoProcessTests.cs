using NaaS.OpenSlice.Checks;

namespace NaaS.EndToEnd.Tests.OpenSlice;

/// <summary>OpenSlice against the production form: two replicas of the API, a worker, RabbitMQ and PostgreSQL.</summary>
[Collection(Production.OnServers.Name)]
public sealed class OsomTwoProcessTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 300_000)]
    public async Task OpenSlice_lives_with_us_and_all_34_checks_hold()
    {
        await using var naas = await TwoProcess.StartAsync();
        using var story = new OsomStory(naas, Token);

        await story.PublishAndImportAsync();
        var order = await story.OrderAndMirrorAsync();
        await story.ChangeAsync(order, "2");
        await story.EndAsync(order);
        story.Player.FailedReads.ShouldBe(0);
        (story.Player.Tokens * 2).ShouldBe(story.Player.Client.Exchanges.Count, "a token was asked for each call");

        var results = await story.CheckAsync();
        results.Where(result => result.Outcome != CheckOutcome.Passed).ShouldBeEmpty(naas.Output);
    }
}
