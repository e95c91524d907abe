using System.Text.Json.Nodes;

namespace NaaS.OpenSlice.Osom;

/// <summary>
/// Plays OpenSlice with a partner: imports the catalogue, orders, polls each minute, mirrors services and synchronises them each 30 seconds. Its
/// minute may be shortened; otherwise it does what OSOM does, its faults included: a failed read of a service turns the mirrored one to
/// feasibilityChecked, and what is not active, reserved or feasibilityChecked any more is not read again. One caller at a time.
/// </summary>
/// <param name="client">The partner; disposed of with the player.</param>
/// <param name="minute">Pause between two checks of an order; services are synchronised twice as often.</param>
public sealed class OsomPlayer(OsomClient client, TimeSpan minute) : IDisposable
{
    private readonly List<MirroredService> inventory = [];
    private readonly Dictionary<string, JsonObject> catalogue = [];
    private readonly Dictionary<string, string> proxies = [];

    /// <summary>Specifications imported so far, by id.</summary>
    public IReadOnlyDictionary<string, JsonObject> Catalogue => catalogue;

    /// <summary>State of OpenSlice's proxy service of each order, by the order's id.</summary>
    public IReadOnlyDictionary<string, string> Proxies => proxies;

    /// <summary>What is said to the partner, and how it answered.</summary>
    public OsomClient Client => client;

    /// <summary>Reads that failed: each of them would have hurt a customer.</summary>
    public int FailedReads => client.Exchanges.Count(exchange => exchange.IsGet && !exchange.IsGood);

    /// <summary>Reads of resources and lists.</summary>
    public int Reads => client.Exchanges.Count(exchange => exchange.IsGet);

    /// <summary>Tokens that were asked for.</summary>
    public int Tokens => client.Exchanges.Count(exchange => exchange.Url == client.Access.TokenUri);

    /// <summary>The import of each half hour: category, candidates, specifications; one failure loses all.</summary>
    public async Task ImportAsync(CancellationToken cancellationToken)
    {
        var category = await client.CategoryAsync(cancellationToken);
        foreach (var reference in category["serviceCandidate"]!.AsArray())
        {
            var candidate = await client.CandidateAsync((string)reference!["id"]!, cancellationToken);
            var specification = await client.SpecificationAsync((string)candidate["serviceSpecification"]!["id"]!, cancellationToken);
            catalogue[(string)specification["id"]!] = specification;
        }
    }

    /// <summary>Orders an imported specification.</summary>
    /// <param name="specification">Its id.</param>
    /// <param name="characteristics">All characteristics of the proxy service.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <param name="end">When the services end; null for 30 days from now.</param>
    /// <returns>Id of the order.</returns>
    public async Task<string> OrderAsync(
        string specification, IReadOnlyDictionary<string, string> characteristics, CancellationToken cancellationToken, DateTimeOffset? end = null)
    {
        var order = await client.OrderAsync(OsomPayloads.Order(catalogue[specification], characteristics, end), cancellationToken);
        var id = (string)order["id"]!;
        proxies[id] = "feasibilityChecked";
        return id;
    }

    /// <summary>The order checker: at once, then each minute, until the proxy is active or terminated.</summary>
    /// <returns>The order as read last.</returns>
    public async Task<JsonObject> UntilProxyIsDoneAsync(string order, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await CheckAsync(order, cancellationToken);
            if (proxies[order] is "active" or "terminated")
            {
                return read;
            }

            await Task.Delay(minute, cancellationToken);
        }
    }

    /// <summary>One check: the order's state goes to the proxy, its services are mirrored.</summary>
    /// <returns>The order.</returns>
    public async Task<JsonObject> CheckAsync(string order, CancellationToken cancellationToken)
    {
        var read = await client.GetOrderAsync(order, cancellationToken);
        foreach (var supporting in read["orderItem"]!.AsArray().SelectMany(item => item!["service"]!["supportingService"]!.AsArray()))
        {
            await MirrorAsync(order, (string)supporting!["id"]!, cancellationToken);
        }

        proxies[order] = (string?)read["state"] switch
        {
            "COMPLETED" => "active",
            "ACKNOWLEDGED" or "INPROGRESS" or "INITIAL" or "PENDING" or null => "reserved",
            "CANCELLED" or "FAILED" or "REJECTED" => "terminated",
            "PARTIAL" => "inactive",
            var unmapped => throw new JacksonException(JacksonRule.State, $"order state {unmapped} means nothing to OpenSlice"),
        };
        return read;
    }

    /// <summary>The local order is completed when the proxy and all mirrored services are active.</summary>
    public bool IsLocallyCompleted(string order) => proxies[order] == "active" && Of(order).All(service => service.State == "active");

    /// <summary>The mirrored services of an order, in the order in which they were named.</summary>
    public IEnumerable<MirroredService> Of(string order) => inventory.Where(service => service.ExternalServiceOrderId == order);

    /// <summary>The synchronisation of each 30 seconds.</summary>
    public async Task SyncAsync(CancellationToken cancellationToken)
    {
        foreach (var service in inventory.Where(service => service.State is "active" or "reserved" or "feasibilityChecked").ToList())
        {
            try
            {
                Take(service, await client.GetServiceAsync(service.ExternalPartnerServiceId, cancellationToken));
            }
            catch (HttpRequestException)
            {
                // OSOM goes on with an empty service, whose state is this; FailedReads tells.
                service.State = "feasibilityChecked";
            }
        }
    }

    /// <summary>Synchronises until something is so.</summary>
    public async Task UntilAsync(Func<bool> reached, CancellationToken cancellationToken)
    {
        await SyncAsync(cancellationToken);
        while (!reached())
        {
            await Task.Delay(minute / 2, cancellationToken);
            await SyncAsync(cancellationToken);
        }
    }

    /// <summary>A customer turned knobs of a mirrored service: all its characteristics are sent, and the answer overwrites the local ones.</summary>
    public async Task ChangeAsync(MirroredService service, IReadOnlyDictionary<string, string> changes, CancellationToken cancellationToken) =>
        Take(service, await client.PatchServiceAsync(service.ExternalPartnerServiceId, OsomPayloads.ServicePatch(service.Remote, changes), cancellationToken));

    /// <summary>A customer turned a knob of the proxy: the order is echoed without the new value.</summary>
    public async Task EchoAsync(string order, CancellationToken cancellationToken) =>
        await client.PatchOrderAsync(order, OsomPayloads.OrderEcho(await client.GetOrderAsync(order, cancellationToken)), cancellationToken);

    /// <summary>The order is echoed with its services terminated.</summary>
    public async Task EndAsync(string order, CancellationToken cancellationToken) =>
        await client.PatchOrderAsync(order, OsomPayloads.OrderEnd(await client.GetOrderAsync(order, cancellationToken)), cancellationToken);

    /// <inheritdoc />
    public void Dispose() => client.Dispose();

    private async Task MirrorAsync(string order, string id, CancellationToken cancellationToken)
    {
        var remote = await client.GetServiceAsync(id, cancellationToken);
        var (uuid, state) = ((string)remote["uuid"]!, (string)remote["state"]!);
        if (inventory.Find(service => service.ExternalPartnerServiceId == uuid) is { } known)
        {
            Take(known, remote);
            return;
        }

        inventory.Add(new() { ExternalPartnerServiceId = uuid, ExternalServiceOrderId = order, State = state, Remote = remote });
    }

    private static void Take(MirroredService service, JsonObject remote) => (service.Remote, service.State) = (remote, (string)remote["state"]!);
}
