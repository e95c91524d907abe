using NaaS.OpenSlice.Checks;
using NaaS.OpenSlice.Osom;
using NaaS.Standalone.Demo;

namespace NaaS.EndToEnd.Tests.OpenSlice;

/// <summary>The life of an OpenSlice order with us, told the same way whatever form NaaS runs in.</summary>
internal sealed class OsomStory(IRunningNaas naas, CancellationToken cancellationToken) : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMilliseconds(600);
    private OsomPlayer? player;

    public OsomPlayer Player => player!;

    public string Specification { get; private set; } = "";

    public Dictionary<string, string> Characteristics { get; } = CmsService.Order(naas.Charts);

    /// <summary>An operator publishes the service, and OpenSlice imports it.</summary>
    public async Task PublishAndImportAsync()
    {
        Specification = await naas.PublishAsync(CmsService.Specification());
        player = NewPlayer();

        await player.ImportAsync(cancellationToken);

        player.Catalogue.ShouldContainKey(Specification);
    }

    /// <summary>Another OpenSlice, or another thread of the same.</summary>
    public OsomPlayer NewPlayer() => new(new OsomClient(naas.OpenSlice, TimeProvider.System), Minute);

    /// <summary>File 01: ordered, followed and mirrored until OpenSlice's own order is completed.</summary>
    public async Task<string> OrderAndMirrorAsync()
    {
        var order = await Player.OrderAsync(Specification, Characteristics, cancellationToken);
        var completed = await Player.UntilProxyIsDoneAsync(order, cancellationToken);

        Player.Proxies[order].ShouldBe("active", completed.ToJsonString());
        await Player.UntilAsync(() => Player.IsLocallyCompleted(order), cancellationToken);
        Player.Of(order).Count().ShouldBe(4, "the service and its three components are mirrored, each once");
        return order;
    }

    /// <summary>File 03: a knob of the mirrored service; file 04: an echo of the order, which changes nothing.</summary>
    public async Task ChangeAsync(string order, string replicas)
    {
        var service = Player.Of(order).First();
        await Player.ChangeAsync(service, new Dictionary<string, string> { [CmsService.Replicas] = replicas }, cancellationToken);
        service[CmsService.Replicas].ShouldBe(replicas, "the answer overwrites the local value");
        await Player.UntilAsync(() => Player.Of(order).Any(one => one["replicas.ready"] == replicas), cancellationToken);
        await Player.EchoAsync(order, cancellationToken);
        await Player.SyncAsync(cancellationToken);
        service[CmsService.Replicas].ShouldBe(replicas, "an echo with the ordered values does not take the knob back");
        Player.IsLocallyCompleted(order).ShouldBeTrue();
    }

    /// <summary>File 04 with state terminated.</summary>
    public async Task EndAsync(string order)
    {
        await Player.EndAsync(order, cancellationToken);
        await Player.UntilAsync(() => Player.Of(order).All(service => service.State == "terminated"), cancellationToken);
        (await Player.Client.GetServiceAsync(Player.Of(order).First().ExternalPartnerServiceId, cancellationToken))["endDate"].ShouldNotBeNull();
    }

    /// <summary>All 34 checks, printed as a table.</summary>
    public async Task<IReadOnlyList<CheckResult>> CheckAsync()
    {
        var checks = new PartnerChecks(
            Player.Client,
            new CheckOptions
            {
                Specification = Specification,
                Characteristics = new Dictionary<string, string>(Characteristics) { ["Service namespace"] = "checks" },
                Change = new(CmsService.Replicas, "3"),
                Interval = Minute / 2,
                EndsAfter = TimeSpan.FromSeconds(10),
                Patience = TimeSpan.FromMinutes(2),
            },
            TimeProvider.System);
        var results = await checks.RunAsync(cancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', results.Select(result => $"{result.Number:D2} {result.Outcome,-7} {result.Title}: {result.Detail}")));
        return results;
    }

    public void Dispose() => player?.Dispose();
}
