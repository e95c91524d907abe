using System.Globalization;
using System.Net;
using NaaS.OpenSlice.Osom;
using NaaS.Standalone.Demo;

namespace NaaS.EndToEnd.Tests.OpenSlice;

/// <summary>A customer of OpenSlice who orders, changes and ends services one after the other, and does again what a crash cut off.</summary>
internal sealed class OsomCustomer : IDisposable
{
    private readonly OsomStory story;
    private readonly int number;
    private readonly Random random;
    private readonly CancellationToken cancellationToken;

    public OsomCustomer(OsomStory story, int number, Random random, CancellationToken cancellationToken)
    {
        (this.story, this.number, this.random, this.cancellationToken) = (story, number, random, cancellationToken);
        Player = story.NewPlayer();
    }

    public OsomPlayer Player { get; }

    public int Orders { get; private set; }

    public int Changes { get; private set; }

    public int Ends { get; private set; }

    /// <summary>Orders and changes that the load balancer could not answer, since the replica broke off with them.</summary>
    public int BrokenWrites { get; private set; }

    public async Task LiveAsync(Func<bool> goOn)
    {
        await Player.ImportAsync(cancellationToken);
        while (goOn())
        {
            var order = await OrderAsync();
            for (var changes = random.Next(1, 4); changes > 0 && goOn(); changes--)
            {
                await ChangeAsync(order);
            }

            await WriteAsync(() => Player.EndAsync(order, cancellationToken));
            await Player.UntilAsync(() => Player.Of(order).All(service => service.State == "terminated"), cancellationToken);
            Ends++;
        }
    }

    public void Dispose() => Player.Dispose();

    private async Task<string> OrderAsync()
    {
        var order = "";
        await WriteAsync(async () =>
        {
            // An order that is cut off may have been taken all the same, so the next has a namespace of its own.
            var wanted = new Dictionary<string, string>(story.Characteristics) { ["Service namespace"] = $"customer-{number}-{++Orders}" };
            order = await Player.OrderAsync(story.Specification, wanted, cancellationToken);
        });
        var read = await Player.UntilProxyIsDoneAsync(order, cancellationToken);
        Player.Proxies[order].ShouldBe("active", read.ToJsonString());
        await Player.UntilAsync(() => Player.IsLocallyCompleted(order), cancellationToken);
        return order;
    }

    private async Task ChangeAsync(string order)
    {
        var service = Player.Of(order).First();
        var replicas = random.Next(1, 4).ToString(CultureInfo.InvariantCulture);
        await WriteAsync(() => Player.ChangeAsync(service, new Dictionary<string, string> { [CmsService.Replicas] = replicas }, cancellationToken));
        await Player.UntilAsync(() => Player.Of(order).Any(one => one["workload"] == "Deployment/phpmyadmin" && one["replicas.ready"] == replicas), cancellationToken);
        await WriteAsync(() => Player.EchoAsync(order, cancellationToken));
        await Player.SyncAsync(cancellationToken);
        service[CmsService.Replicas].ShouldBe(replicas);
        Player.IsLocallyCompleted(order).ShouldBeTrue();
        Changes++;
    }

    private async Task WriteAsync(Func<Task> write)
    {
        while (true)
        {
            try
            {
                await write();
                return;
            }
            catch (HttpRequestException cut) when (cut.StatusCode == HttpStatusCode.BadGateway)
            {
                BrokenWrites++;
            }
        }
    }
}
