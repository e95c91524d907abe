using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using NaaS.ClusterHub.Connection;
using NaaS.ClusterHub.Election;

namespace NaaS.ClusterHub.Tests.Election;

public class HubElectionTests
{
    [Fact]
    public async Task One_of_two_does_the_job_and_the_other_takes_over_when_it_goes()
    {
        await using var sandbox = await NaaS.Sandbox.Sandbox.StartAsync(new(), TestContext.Current.CancellationToken);
        var working = new bool[2];
        var stops = new CancellationTokenSource[2];
        var elections = new Task[2];
        for (var i = 0; i < 2; i++)
        {
            var me = i;
            stops[i] = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            elections[i] = Election(sandbox, TimeSpan.FromSeconds(2)).RunAsync(
                async token =>
                {
                    working[me] = true;
                    try
                    {
                        await Task.Delay(Timeout.Infinite, token);
                    }
                    finally
                    {
                        working[me] = false;
                    }
                },
                stops[i].Token);
        }

        await UntilAsync(() => working[0] || working[1]);
        var first = working[0] ? 0 : 1;
        working[1 - first].ShouldBeFalse();
        await stops[first].CancelAsync();
        await UntilAsync(() => working[1 - first]);
        working[first].ShouldBeFalse();
        await stops[1 - first].CancelAsync();
        await Task.WhenAll(elections).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    [Fact]
    public async Task A_job_that_fails_begins_again_while_the_lease_is_held()
    {
        await using var sandbox = await NaaS.Sandbox.Sandbox.StartAsync(new(), TestContext.Current.CancellationToken);
        var tries = 0;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = Election(sandbox, TimeSpan.FromSeconds(2)).RunAsync(
            token => ++tries < 4 ? throw new InvalidOperationException("as ordered by the test") : Task.Delay(Timeout.Infinite, token), stop.Token);

        await UntilAsync(() => tries == 4);

        running.IsCompleted.ShouldBeFalse();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Errors_of_the_hub_and_conflicts_of_the_lease_only_delay_it()
    {
        await using var sandbox = await NaaS.Sandbox.Sandbox.StartAsync(new(), TestContext.Current.CancellationToken);
        var road = new BadRoad();
        var isWorking = false;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = Election(sandbox, TimeSpan.FromSeconds(1), road).RunAsync(
            async token =>
            {
                isWorking = true;
                await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                isWorking = false;
            },
            stop.Token);
        await UntilAsync(() => isWorking);
        road.Refused.ShouldBe(BadRoad.Answers);

        // Once more while the lease is held: it is lost, and found again.
        road.Begin();
        await UntilAsync(() => road.Refused == BadRoad.Answers && isWorking);

        running.IsCompleted.ShouldBeFalse();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task A_process_that_stops_gives_the_lease_back()
    {
        await using var sandbox = await NaaS.Sandbox.Sandbox.StartAsync(new(), TestContext.Current.CancellationToken);
        var duration = TimeSpan.FromSeconds(30);
        var holder = 0;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var stopFirst = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        Task Job(int me, CancellationToken token)
        {
            holder = me;
            return Task.Delay(Timeout.Infinite, token);
        }

        var first = Election(sandbox, duration).RunAsync(token => Job(1, token), stopFirst.Token);
        await UntilAsync(() => holder == 1);
        var second = Election(sandbox, duration).RunAsync(token => Job(2, token), stop.Token);
        var since = Stopwatch.GetTimestamp();
        await stopFirst.CancelAsync();
        await UntilAsync(() => holder == 2);

        Stopwatch.GetElapsedTime(since).ShouldBeLessThan(duration);
        await stop.CancelAsync();
        await Task.WhenAll(first, second).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    private static HubElection Election(Sandbox.Sandbox sandbox, TimeSpan duration, params DelegatingHandler[] road) => new(
        HubConnection.Open(new() { Url = sandbox.Hub.ToString() }, road), "default", "test", duration, NullLogger<HubElection>.Instance);

    /// <summary>Answers some requests in every bad way there is, then lets all pass.</summary>
    private sealed class BadRoad : DelegatingHandler
    {
        public const int Answers = 6;
        private int refused;

        public int Refused => Volatile.Read(ref refused);

        public void Begin() => Volatile.Write(ref refused, 0);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Refused switch
        {
            0 => Refuse(() => throw new HttpRequestException("nobody there")),
            1 => Refuse(() => Answer(HttpStatusCode.InternalServerError, "{}")),
            2 => Refuse(() => Answer(HttpStatusCode.OK, "this is no JSON")),
            3 => Refuse(() => throw new TaskCanceledException("it took too long")),
            // A conflict is what a writer hears.
            4 when request.Method != HttpMethod.Get => Refuse(() => Answer(HttpStatusCode.Conflict, "{}")),
            5 => Refuse(() => Answer(HttpStatusCode.ServiceUnavailable, "")),
            _ => base.SendAsync(request, cancellationToken),
        };

        private Task<HttpResponseMessage> Refuse(Func<HttpResponseMessage> how)
        {
            Interlocked.Increment(ref refused);
            return Task.FromResult(how());
        }

        private static HttpResponseMessage Answer(HttpStatusCode status, string body) => new(status) { Content = new StringContent(body) };
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            await Task.Delay(20, limit.Token);
        }
    }
}
