namespace NaaS.Sandbox.Tests.Protocol;

/// <summary>Faults of an API server, ordered by tests and over HTTP.</summary>
public sealed class FaultTests(RunningSandbox running) : IClassFixture<RunningSandbox>, IDisposable
{
    private const string Maps = "api/v1/namespaces/default/configmaps";
    private readonly HubClient _hub = new(running.Sandbox.Hub);
    private readonly HttpClient _http = new() { BaseAddress = running.Sandbox.Hub };

    public void Dispose()
    {
        running.Sandbox.OrderFaults("hub", "");
        _hub.Dispose();
        _http.Dispose();
    }

    [Fact]
    public async Task A_server_that_is_down_answers_nobody_until_it_is_repaired()
    {
        running.Sandbox.OrderFaults("hub", "down");
        await Should.ThrowAsync<HttpRequestException>(() => _hub.GetAsync(Maps));
        running.Sandbox.OrderFaults("hub", "");
        (await _hub.GetAsync(Maps)).Code.ShouldBe(200);
    }

    [Fact]
    public async Task Throttled_requests_are_told_when_to_come_back()
    {
        running.Sandbox.OrderFaults("hub", "throttled=2");
        for (var i = 0; i < 2; i++)
        {
            using var refused = await _http.GetAsync("/hub/" + Maps, TestContext.Current.CancellationToken);
            ((int)refused.StatusCode).ShouldBe(429);
            refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        }
        (await _hub.GetAsync(Maps)).Code.ShouldBe(200);
    }

    [Fact]
    public async Task Conflicts_come_to_changes_and_not_to_creations()
    {
        running.Sandbox.OrderFaults("hub", "conflict=1");
        (await _hub.PostAsync(Maps, """{"metadata":{"name":"conflicting"}}""")).Code.ShouldBe(201);
        (await _hub.MergeAsync(Maps + "/conflicting", """{"data":{"a":"1"}}""")).Code.ShouldBe(409);
        (await _hub.MergeAsync(Maps + "/conflicting", """{"data":{"a":"1"}}""")).Code.ShouldBe(200);
    }

    [Fact]
    public async Task A_failing_write_is_not_done_and_one_whose_answer_is_lost_is()
    {
        running.Sandbox.OrderFaults("hub", "failing=1,lost-answer=1");
        (await _hub.PostAsync(Maps, """{"metadata":{"name":"failing"}}""")).Code.ShouldBe(500);
        (await _hub.GetAsync(Maps + "/failing")).Code.ShouldBe(404);
        await Should.ThrowAsync<HttpRequestException>(() => _hub.PostAsync(Maps, """{"metadata":{"name":"unanswered"}}"""));
        (await _hub.GetAsync(Maps + "/unanswered")).Code.ShouldBe(200);
    }

    [Fact]
    public async Task Gone_ends_watches_with_410_and_lets_none_resume()
    {
        var (_, list) = await _hub.GetAsync(Maps);
        var path = $"{Maps}?watch=true&resourceVersion={list["metadata"]!["resourceVersion"]}";
        await using var watch = _hub.WatchAsync(path).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await _hub.PostAsync(Maps, """{"metadata":{"name":"before-gone"}}""");
        (await watch.MoveNextAsync()).ShouldBeTrue();
        running.Sandbox.OrderFaults("hub", "gone");
        (await watch.MoveNextAsync()).ShouldBeTrue();
        watch.Current["type"]!.GetValue<string>().ShouldBe("ERROR");
        watch.Current["object"]!["reason"]!.GetValue<string>().ShouldBe("Expired");
        await using var again = _hub.WatchAsync(path).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        (await again.MoveNextAsync()).ShouldBeTrue();
        ((int)again.Current["object"]!["code"]!).ShouldBe(410);
    }

    [Fact]
    public async Task A_restart_breaks_watches()
    {
        await using var watch = _hub.WatchAsync(Maps + "?watch=true").GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await _hub.PostAsync(Maps, """{"metadata":{"name":"before-restart"}}""");
        (await watch.MoveNextAsync()).ShouldBeTrue();
        running.Sandbox.OrderFaults("hub", "restart");
        await Should.ThrowAsync<Exception>(async () =>
        {
            while (await watch.MoveNextAsync())
            {
                watch.Current["type"]!.GetValue<string>().ShouldBe("ADDED");
            }
        });
    }

    [Fact]
    public async Task Faults_are_ordered_told_and_ended_over_HTTP()
    {
        using var ordered = await _http.PutAsync("/faults/hub", new StringContent("slow=0.01,throttled=1"), TestContext.Current.CancellationToken);
        (await ordered.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("slow=0.01,throttled=1\n");
        using var unknown = await _http.PutAsync("/faults/hub", new StringContent("haunted"), TestContext.Current.CancellationToken);
        ((int)unknown.StatusCode).ShouldBe(400);
        (await unknown.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("haunted is no fault: down, slow=SECONDS");
        using var ended = await _http.DeleteAsync("/faults/hub", TestContext.Current.CancellationToken);
        (await ended.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("\n");
        (await _hub.GetAsync(Maps)).Code.ShouldBe(200);
    }

    [Fact]
    public async Task Web_pages_are_not_served()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/hub/" + Maps) { Content = new StringContent("""{"metadata":{"name":"csrf"}}""") };
        request.Headers.Add("Origin", "https://elsewhere.example");
        using var refused = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        ((int)refused.StatusCode).ShouldBe(403);
    }
}
