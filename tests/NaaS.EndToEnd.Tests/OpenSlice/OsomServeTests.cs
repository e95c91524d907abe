using System.Text.Json.Nodes;
using NaaS.OpenSlice.Checks;

namespace NaaS.EndToEnd.Tests.OpenSlice;

/// <summary>OpenSlice against <c>naas serve</c>.</summary>
public sealed class OsomServeTests : IDisposable
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("naas-osom-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string AddressFile => Path.Combine(data.FullName, "addresses.json");

    public void Dispose() => data.Delete(recursive: true);

    [Fact(Timeout = 300_000)]
    public async Task OpenSlice_imports_orders_mirrors_changes_and_ends_and_finds_everything_after_a_restart()
    {
        await using var tokens = await TokenServer.StartAsync(Token);
        var address = $"http://127.0.0.1:{NaaS.Standalone.Serving.AllInOne.FreePort()}";
        var first = await ServeAsync(tokens, address);
        try
        {
            using var story = new OsomStory(tokens, await AddressAsync("api"), await AddressAsync("charts"), Token);
            await story.PublishAndImportAsync();
            var order = await story.OrderAndMirrorAsync();
            await story.ChangeAsync(order, "2");

            await first.StopAsync(Token);
            await first.DisposeAsync();
            first = await ServeAsync(tokens, address);

            await story.Player.SyncAsync(Token);
            story.Player.IsLocallyCompleted(order).ShouldBeTrue("a restart shows in no state");
            await story.Player.CheckAsync(order, Token);
            story.Player.Of(order).Count().ShouldBe(4, "nothing is mirrored twice");
            await story.EndAsync(order);
            story.Player.FailedReads.ShouldBe(0);
            (story.Player.Tokens * 2).ShouldBe(story.Player.Client.Exchanges.Count, "a token was asked for each call");
        }
        finally
        {
            await first.DisposeAsync();
        }
    }

    [Fact(Timeout = 300_000)]
    public async Task All_34_checks_hold()
    {
        await using var tokens = await TokenServer.StartAsync(Token);
        await using var serve = await ServeAsync(tokens, "http://127.0.0.1:0");
        using var story = new OsomStory(tokens, await AddressAsync("api"), await AddressAsync("charts"), Token);
        await story.PublishAndImportAsync();

        var results = await story.CheckAsync();

        results.Count.ShouldBe(34);
        results.Where(result => result.Outcome != CheckOutcome.Passed).ShouldBeEmpty(serve.Output);
    }

    private async Task<Executable> ServeAsync(TokenServer tokens, string url)
    {
        var serve = Executable.Start("NaaS.Standalone", "naas", ["serve", "--urls", url, "--data", data.FullName, "--hub-port", "0"], tokens.Settings);
        await serve.UntilAsync(() => Task.FromResult(File.Exists(AddressFile)), Token);
        return serve;
    }

    private async Task<Uri> AddressAsync(string name) => new((string)JsonNode.Parse(await File.ReadAllTextAsync(AddressFile, Token))![name]!);
}
