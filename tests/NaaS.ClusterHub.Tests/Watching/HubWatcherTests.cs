using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using NaaS.ClusterHub.Connection;
using NaaS.ClusterHub.Objects;
using NaaS.ClusterHub.Tests.Objects;
using NaaS.ClusterHub.Watching;

namespace NaaS.ClusterHub.Tests.Watching;

/// <summary>The watcher against a server that plays what real API servers do: end watches, send bookmarks, answer 410, fail.</summary>
public class HubWatcherTests
{
    [Fact]
    public async Task It_goes_on_after_the_last_event_or_bookmark_and_lists_again_when_that_is_too_old()
    {
        var asked = new ConcurrentQueue<string>();
        await using var server = await HubClientTests.ServeAsync(http => Play(http, asked));
        var seen = new ConcurrentQueue<string>();
        await UntilAsync(server, seen, () => seen.Contains("listed 50"));
        asked.Take(6).ShouldBe(["list", "watch 10", "watch 12", "watch 20", "watch 20", "list"]);
        seen.Take(4).ShouldBe(["listed 10", "Added a 11", "Modified a 12", "listed 50"]);
    }

    [Fact]
    public async Task What_cannot_be_read_or_handled_is_left_behind_by_a_new_list()
    {
        var lists = 0;
        var bad = new[] { "no JSON", "[]", """{"type": "MODIFIED"}""", """{"type": "MODIFIED", "object": {"metadata": "x"}}""", """{"type": "MODIFIED", "object": {"metadata": {"name": "poison", "resourceVersion": "2"}}}""" };
        await using var server = await HubClientTests.ServeAsync(async http =>
        {
            if (!http.Request.Query.ContainsKey("watch"))
            {
                await http.Response.WriteAsync($$$"""{"metadata": {"resourceVersion": "{{{++lists}}}"}, "items": []}""");
                return;
            }

            var line = lists <= bad.Length ? bad[lists - 1] : """{"type": "MODIFIED", "object": {"metadata": {"name": "good", "resourceVersion": "99"}}}""";
            await http.Response.WriteAsync(line + "\n");
        });
        var seen = new ConcurrentQueue<string>();
        await UntilAsync(server, seen, () => seen.Contains("Modified good 99"), poison: "poison");
        seen.Where(one => one.StartsWith("listed", StringComparison.Ordinal)).Take(6).ShouldBe([.. Enumerable.Range(1, 6).Select(i => $"listed {i}")]);
    }

    // list -> watch from 10: two events, end -> watch from 12: a bookmark, end -> watch from 20: fails -> watch from 20: 410 -> list.
    private static async Task Play(HttpContext http, ConcurrentQueue<string> asked)
    {
        var version = (string?)http.Request.Query["resourceVersion"];
        asked.Enqueue(version is null ? "list" : "watch " + version);
        var answer = (version, asked.Count) switch
        {
            (null, < 4) => """{"metadata": {"resourceVersion": "10"}, "items": []}""",
            (null, _) => """{"metadata": {"resourceVersion": "50"}, "items": []}""",
            ("10", _) => """
                {"type": "ADDED", "object": {"metadata": {"name": "a", "resourceVersion": "11"}}}
                {"type": "MODIFIED", "object": {"metadata": {"name": "a", "resourceVersion": "12"}}}
                """,
            ("12", _) => """{"type": "BOOKMARK", "object": {"metadata": {"resourceVersion": "20"}}}""",
            ("20", 4) => null,
            ("20", _) => """{"type": "ERROR", "object": {"code": 410, "message": "too old resource version"}}""",
            _ => "",
        };
        if (answer is null)
        {
            http.Response.StatusCode = 503;
            return;
        }

        await http.Response.WriteAsync(answer);
        if (version == "50")
        {
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        }
    }

    private static async Task UntilAsync(WebApplication server, ConcurrentQueue<string> seen, Func<bool> condition, string? poison = null)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(TimeSpan.FromSeconds(20));
        var hub = new HubClient(HubConnection.Open(new() { Url = HubClientTests.Address(server).ToString() }));
        var watcher = new HubWatcher(hub, HubResource.ManifestWorks, null, null, TimeProvider.System, NullLogger<HubWatcher>.Instance);
        var running = watcher.RunAsync(
            list =>
            {
                seen.Enqueue("listed " + list.ResourceVersion);
                return Task.CompletedTask;
            },
            change =>
            {
                if ((string?)change.Object["metadata"]!["name"] == poison)
                {
                    throw new InvalidOperationException("as ordered by the test");
                }

                seen.Enqueue($"{change.Kind} {change.Object["metadata"]!["name"]} {change.ResourceVersion}");
                return Task.CompletedTask;
            },
            stop.Token);
        while (!condition())
        {
            await Task.Delay(10, stop.Token);
        }

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);
    }
}
