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
            var election = new HubElection(
                HubConnection.Open(new() { Url = sandbox.Hub.ToString() }), "default", "test", TimeSpan.FromSeconds(2), NullLogger<HubElection>.Instance);
            elections[i] = election.RunAsync(
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
