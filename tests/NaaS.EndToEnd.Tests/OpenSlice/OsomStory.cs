using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using NaaS.OpenSlice.Checks;
using NaaS.OpenSlice.Osom;
using NaaS.Standalone.Demo;

namespace NaaS.EndToEnd.Tests.OpenSlice;

/// <summary>The life of an OpenSlice order with us, told the same way whatever form NaaS runs in.</summary>
internal sealed class OsomStory(TokenServer tokens, Uri api, Uri charts, CancellationToken cancellationToken) : IDisposable
{
    /// <summary>The category in which what is launched appears; its id is fixed, since OpenSlice is configured with it.</summary>
    private const string Category = "/tmf-api/serviceCatalogManagement/v4/serviceCategory/";

    private static readonly TimeSpan Minute = TimeSpan.FromMilliseconds(600);
    private OsomPlayer? player;

    public OsomPlayer Player => player!;

    public string Specification { get; private set; } = "";

    public Dictionary<string, string> Characteristics { get; } = CmsService.Order(charts);

    /// <summary>An operator publishes the service, and OpenSlice imports it.</summary>
    public async Task PublishAndImportAsync()
    {
        using var http = new HttpClient { BaseAddress = api };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.Token("naas.catalogue"));
        using var response = await http.PostAsJsonAsync("/tmf-api/serviceCatalogManagement/v4/serviceSpecification", Launched(), cancellationToken);
        var created = (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>(cancellationToken))!;
        Specification = (string)created["id"]!;
        var categories = await http.GetFromJsonAsync<JsonArray>("/tmf-api/serviceCatalogManagement/v4/serviceCategory", cancellationToken);
        var category = (string)categories!.Single(one => (string?)one!["name"] == "NaaS")!["id"]!;
        player = new OsomPlayer(new OsomClient(tokens.Access(new Uri(api, "/openslice"), Category + category), TimeProvider.System), Minute);

        await player.ImportAsync(cancellationToken);

        player.Catalogue.ShouldContainKey(Specification);
    }

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
        await Player.ChangeAsync(service, CmsService.Replicas, replicas, cancellationToken);
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
                Patience = TimeSpan.FromMinutes(2),
            },
            TimeProvider.System);
        var results = await checks.RunAsync(cancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', results.Select(result => $"{result.Number:D2} {result.Outcome,-7} {result.Title}: {result.Detail}")));
        return results;
    }

    public void Dispose() => player?.Dispose();

    /// <summary>The demo's specification, on sale: only what is launched has a candidate, by which OpenSlice finds it.</summary>
    public static JsonObject Launched()
    {
        var specification = CmsService.Specification();
        specification["lifecycleStatus"] = "Launched";
        return specification;
    }
}
