namespace NaaS.EndToEnd.Tests.OpenSlice;

/// <summary>OpenSlice against <c>naas serve</c>, which gives out a token for each of its calls.</summary>
public sealed class OsomServeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 300_000)]
    public async Task OpenSlice_imports_orders_mirrors_changes_and_ends_and_finds_everything_after_a_restart()
    {
        await using var naas = await Serve.StartAsync();
        using var story = new OsomStory(naas, Token);
        await story.PublishAndImportAsync();
        var order = await story.OrderAndMirrorAsync();
        await story.ChangeAsync(order, "2");

        await naas.RestartAsync();

        await story.Player.SyncAsync(Token);
        story.Player.IsLocallyCompleted(order).ShouldBeTrue("a restart shows in no state");
        await story.Player.CheckAsync(order, Token);
        story.Player.Of(order).Count().ShouldBe(4, "nothing is mirrored twice");
        await story.EndAsync(order);
        story.Player.FailedReads.ShouldBe(0);
        (story.Player.Tokens * 2).ShouldBe(story.Player.Client.Exchanges.Count, "a token was asked for each call");
    }
}
