using System.Text.Json.Nodes;
using NaaS.OpenSlice.Osom;

namespace NaaS.EndToEnd.Tests.OpenSlice;

/// <summary>
/// Plays OpenSlice with us as its partner: imports the catalogue, orders, polls each minute, mirrors services and synchronises them each 30
/// seconds. Its minute is shortened; otherwise it does what OSOM does, its faults included: a failed read of a service turns the mirrored one to
/// feasibilityChecked, and what is not active, reserved or feasibilityChecked any more is not read again.
/// </summary>
internal sealed class OsomPlayer(OsomClient client, TimeSpan minute) : IDisposable
{
    private readonly List<LocalService> inventory = [];

    /// <summary>Specifications imported so far, by id.</summary>
    public Dictionary<string, JsonObject> Catalogue { get; } = [];

    /// <summary>State of OpenSlice's proxy service of each order.</summary>
    public Dictionary<string, string> Proxies { get; } = [];

    public IReadOnlyList<LocalService> Inventory => inventory;

    public OsomClient Client => client;

    /// <summary>Reads that failed: each of them would have hurt a customer.</summary>
    public int FailedReads => client.Exchanges.Count(exchange => exchange.IsGet && !exchange.IsGood);

    public int Reads => client.Exchanges.Count(exchange => exchange.IsGet);

    public int Tokens => client.Exchanges.Count(exchange => exchange.Url == client.Access.TokenUri);

    /// <summary>The import of each half hour: category, candidates, specifications; one failure loses all.</summary>
    public async Task ImportAsync(CancellationToken cancellationToken)
    {
        var category = await client.CategoryAsync(cancellationToken);
        foreach (var reference in category["serviceCandidate"]!.AsArray())
        {
            var candidate = await client.CandidateAsync((string)reference!["id"]!, cancellationToken);
            var specification = await client.SpecificationAsync((string)candidate["serviceSpecification"]!["id"]!, cancellationToken);
            Catalogue[(string)specification["id"]!] = specification;
        }
    }

    public async Task<string> OrderAsync(string specification, IReadOnlyDictionary<string, string> characteristics, CancellationToken cancellationToken, DateTimeOffset? end = null)
    {
        var order = await client.OrderAsync(OsomPayloads.Order(Catalogue[specification], characteristics, end), cancellationToken);
        var id = (string)order["id"]!;
        Proxies[id] = "feasibilityChecked";
        return id;
    }

    /// <summary>The order checker: at once, then each minute, until the proxy is active or terminated.</summary>
    public async Task<JsonObject> UntilProxyIsDoneAsync(string order, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await CheckAsync(order, cancellationToken);
            if (Proxies[order] is "active" or "terminated")
            {
                return read;
            }

            await Task.Delay(minute, cancellationToken);
        }
    }

    /// <summary>One check: the order's state goes to the proxy, its services are mirrored.</summary>
    public async Task<JsonObject> CheckAsync(string order, CancellationToken cancellationToken)
    {
        var read = await client.GetOrderAsync(order, cancellationToken);
        foreach (var supporting in read["orderItem"]!.AsArray().SelectMany(item => item!["service"]!["supportingService"]!.AsArray()))
        {
            await MirrorAsync(order, (string)supporting!["id"]!, cancellationToken);
        }

        Proxies[order] = (string?)read["state"] switch
        {
            "COMPLETED" => "active",
            "ACKNOWLEDGED" or "INPROGRESS" or "INITIAL" or "PENDING" or null => "reserved",
            "CANCELLED" or "FAILED" or "REJECTED" => "terminated",
            "PARTIAL" => "inactive",
            var unmapped => throw new JacksonException($"order state {unmapped} means nothing to OpenSlice"),
        };
        return read;
    }

    /// <summary>The local order is completed when the proxy and all mirrored services are active.</summary>
    public bool IsLocallyCompleted(string order) => Proxies[order] == "active" && Of(order).All(service => service.State == "active");

    public IEnumerable<LocalService> Of(string order) => inventory.Where(service => service.ExternalServiceOrderId == order);

    /// <summary>The synchronisation of each 30 seconds.</summary>
    public async Task SyncAsync(CancellationToken cancellationToken)
    {
        foreach (var service in inventory.Where(service => service.State is "active" or "reserved" or "feasibilityChecked").ToList())
        {
            try
            {
                service.Remote = await client.GetServiceAsync(service.ExternalPartnerServiceId, cancellationToken);
                service.State = (string)service.Remote["state"]!;
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

    /// <summary>A customer turned a knob of a mirrored service: all its characteristics are sent, and the answer overwrites the local ones.</summary>
    public async Task ChangeAsync(LocalService service, string characteristic, string value, CancellationToken cancellationToken)
    {
        var patch = OsomPayloads.ServicePatch(service.Remote, new Dictionary<string, string> { [characteristic] = value });
        service.Remote = await client.PatchServiceAsync(service.ExternalPartnerServiceId, patch, cancellationToken);
        service.State = (string)service.Remote["state"]!;
    }

    /// <summary>A customer turned a knob of the proxy: the order is echoed without the new value.</summary>
    public async Task EchoAsync(string order, CancellationToken cancellationToken) =>
        await client.PatchOrderAsync(order, OsomPayloads.OrderEcho(await client.GetOrderAsync(order, cancellationToken)), cancellationToken);

    /// <summary>The order is echoed with its services terminated.</summary>
    public async Task EndAsync(string order, CancellationToken cancellationToken) =>
        await client.PatchOrderAsync(order, OsomPayloads.OrderEnd(await client.GetOrderAsync(order, cancellationToken)), cancellationToken);

    public void Dispose() => client.Dispose();

    private async Task MirrorAsync(string order, string id, CancellationToken cancellationToken)
    {
        var remote = await client.GetServiceAsync(id, cancellationToken);
        var state = (string)remote["state"]!;
        if (inventory.Find(service => service.ExternalPartnerServiceId == (string)remote["uuid"]!) is { } known)
        {
            (known.Remote, known.State) = (remote, state);
            return;
        }

        inventory.Add(new() { ExternalPartnerServiceId = (string)remote["uuid"]!, ExternalServiceOrderId = order, State = state, Remote = remote });
    }
}
