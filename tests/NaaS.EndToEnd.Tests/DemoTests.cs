using System.Text.Json.Nodes;

namespace NaaS.EndToEnd.Tests;

public sealed class DemoTests
{
    [Theory(Timeout = 180_000), InlineData(1), InlineData(2)]
    public async Task The_demo_tells_its_whole_story_each_time(int run)
    {
        var json = Path.Combine(Path.GetTempPath(), $"naas-demo-{Guid.NewGuid():N}-{run}.json");
        await using var demo = Executable.Start("NaaS.Standalone", "naas", ["demo", "--json", json]);

        await demo.WaitForExitAsync(TestContext.Current.CancellationToken);

        demo.ExitCode.ShouldBe(0, demo.Output);
        var report = JsonNode.Parse(await File.ReadAllTextAsync(json, TestContext.Current.CancellationToken))!;
        File.Delete(json);
        ((bool)report["ok"]!).ShouldBeTrue();
        report["steps"]!.AsArray().Count.ShouldBe(12);
        report["steps"]!.AsArray().ShouldAllBe(step => (bool)step!["ok"]!);
    }
}
