using NaaS.Contracts;
using NaaS.Ordering.Orders;
using NaaS.Ordering.Validation;
using NaaS.Tmf.Ordering;
using NaaS.Tmf.Shared;
using NaaS.TmfRest.Ports;

namespace NaaS.Ordering.Plans;

/// <summary>Plans an item: what will be done, and to which service, which is reserved where it is new.</summary>
internal sealed class ItemPlanner(IServiceInventory inventory)
{
    /// <summary>Plans the item.</summary>
    /// <param name="order">Its order, with its id.</param>
    /// <param name="item">The item; gets what is known of its service.</param>
    /// <param name="before">Its plan so far, which has not begun; null for a new item.</param>
    /// <param name="verdict">What catalogue and inventory said to it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<PlannedItem> PlanAsync(ServiceOrder order, ServiceOrderItem item, PlannedItem? before, ItemVerdict verdict, CancellationToken cancellationToken)
    {
        var planned = new PlannedItem { ItemId = item.Id!, Work = TargetState.WorkOf(item), ServiceId = item.Service?.Id };
        if (planned.Work is Work.Make or Work.Record)
        {
            var reservation = new ServiceReservation(item.Service!, verdict.Accepted, new Cause(CauseKind.Order, order.Id!, item.Id))
            {
                Parties = order.RelatedParty ?? [],
            };
            var service = before is { Work: Work.Make or Work.Record, ServiceId: { } reserved }
                ? await inventory.ReviseAsync(reserved, reservation, cancellationToken)
                : await inventory.ReserveAsync(reservation, cancellationToken);
            planned.ServiceId = service.Id;
            item.Service!.Id = service.Id;
            item.Service.Name = service.Name;
            item.Service.Category = service.Category;
            item.Service.ServiceDate = service.ServiceDate;
            item.Service.ServiceCharacteristic = service.ServiceCharacteristic;
        }
        else if (planned.Work == Work.Change)
        {
            planned.Changes = item.Service!.ServiceCharacteristic ?? [];
            planned.Active = item.Service.State switch
            {
                ServiceStateType.Active => true,
                ServiceStateType.Inactive => false,
                _ => null,
            };
        }

        return planned;
    }
}
