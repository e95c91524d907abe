using System.Collections.Frozen;
using System.Text.Json.Nodes;
using NaaS.Contracts;
using NaaS.Ordering.Plans;
using NaaS.Ordering.Validation;
using NaaS.Tmf.Json;
using NaaS.Tmf.Ordering;
using NaaS.Tmf.Shared;
using NaaS.TmfRest.Errors;
using NaaS.TmfRest.Ports;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Routes;
using NaaS.TmfRest.Timers;

namespace NaaS.Ordering.Orders;

/// <summary>
/// A PATCH of an order. It changes the order, not its services; only OpenSlice ends a service by it. On OpenSlice's path what cannot be changed
/// stays as it was.
/// </summary>
internal sealed class OrderPatches(
    ResourceStore store, IServiceInventory inventory, ItemStarter starter, OrderRevision revision, OtherOrders others, Promise promise, TimeProvider clock)
{
    private static readonly FrozenSet<string> AtTheEnd = ["note", "externalReference", "relatedParty"];

    // There the date on which the services end: it can be moved as long as they run.
    private static readonly FrozenSet<string> AtTheEndOfOpenSlice = [.. AtTheEnd, "requestedCompletionDate"];

    private static readonly FrozenSet<string> OnTheWay =
    [
        .. AtTheEnd, "description", "priority", "externalId", "notificationContact", "requestedCompletionDate", "expectedCompletionDate",
    ];

    private static readonly FrozenSet<string> BeforeTheStart = [.. OnTheWay, "requestedStartDate", "orderRelationship"];

    /// <summary>Applies the patch; the resource is updated.</summary>
    public async Task<ServiceOrder> ApplyAsync(Change<ServiceOrder> change, Sender sender, CancellationToken cancellationToken)
    {
        var lenient = sender.Lenient;
        var plan = await store.GetForChangeAsync<OrderPlan>(change.Before.Id!, cancellationToken);
        var ended = lenient ? Ended(change) : [];
        var order = lenient ? Allowed(change, plan) : Checked(change, plan);
        if (!lenient && change.Changed.Contains("serviceOrderItem") && !OnlyAround(change))
        {
            await revision.ApplyAsync(order, plan, sender, cancellationToken);
        }

        if (!lenient && change.Changed.Overlaps(["serviceOrderItem", "orderRelationship"]))
        {
            await RelateAsync(order, sender, cancellationToken);
        }

        foreach (var item in ended)
        {
            await EndAsync(order, item, plan, cancellationToken);
        }

        if (!lenient && change.Changed.Contains("state"))
        {
            await MoveAsync(change.Before, order, plan, cancellationToken);
        }

        await RescheduleAsync(change.Before, order, plan, cancellationToken);
        await starter.ProceedAsync(order, plan, cancellationToken);
        store.Update(order);
        store.Update(plan);
        return order;
    }

    private static FrozenSet<string> Patchable(ServiceOrder order, OrderPlan plan) => order.State switch
    {
        ServiceOrderStateType.AssessingCancellation or ServiceOrderStateType.PendingCancellation => ["note"],
        { } state when state.IsFinal() => plan.Lenient ? AtTheEndOfOpenSlice : AtTheEnd,
        _ => plan.Items.Exists(item => item.Started) ? OnTheWay : BeforeTheStart,
    };

    private static ServiceOrder Checked(Change<ServiceOrder> change, OrderPlan plan)
    {
        var patchable = Patchable(change.Before, plan);
        var refused = change.Changed.Where(name => name is not ("state" or "serviceOrderItem") && !patchable.Contains(name)).ToList();
        if (refused.Count > 0)
        {
            throw new ResourceConflictException($"{string.Join(", ", refused)} cannot be changed while the order is {Name(change.Before.State)}");
        }

        if (change.Changed.Contains("serviceOrderItem") && !patchable.Contains("requestedStartDate") && !(patchable.Contains("description") && OnlyAround(change)))
        {
            throw new ResourceConflictException("What an item asks for cannot be changed once the order has begun; cancel the order (cancelServiceOrder) or order the change");
        }

        return change.After;
    }

    // Quantity, appointment and extensions of an item are the client's own affair.
    private static bool OnlyAround(Change<ServiceOrder> change)
    {
        var (before, after) = (change.Before.AllItems().ToList(), change.After.AllItems().ToList());
        return before.Count == after.Count && before.Zip(after).All(pair => JsonNode.DeepEquals(Core(pair.First), Core(pair.Second)));
    }

    private async Task RelateAsync(ServiceOrder order, Sender sender, CancellationToken cancellationToken)
    {
        var complaints = await others.ComplaintsAsync(order, sender.Caller, cancellationToken);
        if (complaints.Count > 0 || await others.IsCircularAsync(order, cancellationToken))
        {
            throw new InvalidBodyFieldException(complaints.Count > 0 ? string.Join("; ", complaints.Select(error => error.Reason)) : "The order would wait for itself");
        }

        await others.JoinAsync(order, cancellationToken);
    }

    private static JsonObject Core(ServiceOrderItem item) => TmfJson.Write(new ServiceOrderItem
    {
        Id = item.Id,
        Action = item.Action,
        State = item.State,
        Service = item.Service,
        ErrorMessage = item.ErrorMessage,
        ServiceOrderItemRelationship = item.ServiceOrderItemRelationship,
    });

    private static ServiceOrder Allowed(Change<ServiceOrder> change, OrderPlan plan)
    {
        var patchable = Patchable(change.Before, plan);
        var (order, wanted) = (TmfJson.Write(change.Before), TmfJson.Write(change.After));
        foreach (var name in change.Changed.Where(patchable.Contains))
        {
            order[name] = wanted[name]?.DeepClone();
        }

        return TmfJson.Read<ServiceOrder>(order);
    }

    private static List<string> Ended(Change<ServiceOrder> change) =>
        [.. change.After.AllItems()
            .Where(item => item.Service?.State == ServiceStateType.Terminated && change.Before.ItemOf(item.Id)?.Service?.State != ServiceStateType.Terminated)
            .Select(item => item.Id!)];

    private async Task EndAsync(ServiceOrder order, string itemId, OrderPlan plan, CancellationToken cancellationToken)
    {
        var item = order.ItemOf(itemId)!;
        item.Service!.State = ServiceStateType.Terminated;
        if (plan.Of(itemId) is not { ServiceId: { } serviceId } planned || await inventory.FindAsync(serviceId, cancellationToken) is null)
        {
            return;
        }

        await inventory.TerminateAsync(serviceId, new Cause(CauseKind.Order, order.Id!, itemId), cancellationToken);
        if (!planned.Started)
        {
            planned.Started = true;
            ItemEvents.Cancel(order, item, new("ended", "The service was ended before it began"), clock.GetUtcNow());
        }
    }

    private async Task MoveAsync(ServiceOrder before, ServiceOrder order, OrderPlan plan, CancellationToken cancellationToken)
    {
        var wanted = order.State;
        order.State = before.State;
        if (wanted != ServiceOrderStateType.Cancelled || before.State is not (ServiceOrderStateType.Acknowledged or ServiceOrderStateType.Pending) || plan.Items.Exists(item => item.Started))
        {
            throw new ResourceConflictException(
                $"An order that is {Name(before.State)} cannot be made {Name(wanted)} by a PATCH{(wanted == ServiceOrderStateType.Cancelled ? "; use cancelServiceOrder" : "")}");
        }

        foreach (var planned in plan.Items)
        {
            planned.Started = true;
            ItemEvents.Cancel(order, order.ItemOf(planned.ItemId)!, new("cancelled", "Cancelled by the client"), clock.GetUtcNow());
            if (planned.Work is Work.Make or Work.Record)
            {
                await inventory.TerminateAsync(planned.ServiceId!, new Cause(CauseKind.Order, order.Id!, planned.ItemId), cancellationToken);
            }
        }
    }

    private async Task RescheduleAsync(ServiceOrder before, ServiceOrder order, OrderPlan plan, CancellationToken cancellationToken)
    {
        if (order.RequestedStartDate != before.RequestedStartDate && !order.State!.Value.IsFinal())
        {
            promise.Make(order);
        }

        if (order.RequestedStartDate != before.RequestedStartDate && order.RequestedStartDate is { } start)
        {
            store.Db.Timers.Add(new TimerRow { Kind = OrderStart.Name, Subject = order.Id!, DueAt = start });
        }

        if (order.RequestedCompletionDate != before.RequestedCompletionDate)
        {
            OrderEnd.Schedule(store, order, plan, clock.GetUtcNow());
            foreach (var planned in plan.Items.Where(item => plan.Lenient && item is { Work: Work.Make or Work.Record, ServiceId: not null }))
            {
                await inventory.ForgetEndAsync(planned.ServiceId!, cancellationToken);
            }
        }
    }

    private static string Name(ServiceOrderStateType? state) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(state.ToString()!);
}
