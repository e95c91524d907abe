using NaaS.Contracts;
using NaaS.Inventory.Services;
using NaaS.Tmf.Inventory;
using NaaS.Tmf.Shared;
using NaaS.TmfRest.Ports;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Timers;

namespace NaaS.Inventory.Changes;

/// <summary>The endDate that a client of OpenSlice's path set on a running service has come. It stands above the date of the service's order.</summary>
internal sealed class ServiceEnd(ResourceStore store, IServiceInventory inventory, TimeProvider clock) : ITimerHandler
{
    private const string Name = "service.end";

    public string Kind => Name;

    /// <summary>Sets the date and its timer; the caller updates the service. A date that has passed when it comes in ends nothing.</summary>
    public static void Schedule(ResourceStore store, Service service, DateTimeOffset end, DateTimeOffset now)
    {
        if (end <= now)
        {
            service.Tell("endDate has passed already, so the service does not end by itself", now);
            return;
        }

        service.EndDate = end;
        store.Db.Timers.Add(new TimerRow { Kind = Name, Subject = service.Id!, DueAt = end });
    }

    public async Task HandleAsync(string subject, CancellationToken cancellationToken)
    {
        // The date may have been moved since: then another timer waits for it, or none where the order's counts again.
        if (await store.FindForChangeAsync<Service>(subject, cancellationToken) is { State: not ServiceStateType.Terminated } service && service.EndDate <= clock.GetUtcNow())
        {
            await inventory.TerminateAsync(subject, CauseOf(service), cancellationToken);
        }
    }

    // The item that ordered the service learns of its end too.
    private static Cause CauseOf(Service service) => service.ServiceOrderItem is [{ ServiceOrderId: { } order, ItemId: { } item }, ..]
        ? new(CauseKind.Order, order, item)
        : new(CauseKind.Service, service.Id!);
}
