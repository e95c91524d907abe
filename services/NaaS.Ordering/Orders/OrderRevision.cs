using NaaS.Contracts;
using NaaS.Ordering.Plans;
using NaaS.Ordering.Validation;
using NaaS.Tmf.Characteristics;
using NaaS.Tmf.Ordering;
using NaaS.Tmf.Shared;
using NaaS.TmfRest.Errors;
using NaaS.TmfRest.Ports;

namespace NaaS.Ordering.Orders;

/// <summary>Other items for an order of which nothing has begun: judged as a new order's would be, services that stay keep their ids, those that go are freed.</summary>
internal sealed class OrderRevision(IServiceInventory inventory, ItemJudge judge, ItemPlanner planner, OtherOrders others, OrderSecrets secrets, OrderShape shape, Promise promise)
{
    /// <summary>Plans the order's items anew.</summary>
    /// <exception cref="InvalidBodyFieldException">They are wrong in shape, or catalogue or inventory refuse them; all causes are named.</exception>
    public async Task ApplyAsync(ServiceOrder order, OrderPlan plan, Sender sender, CancellationToken cancellationToken)
    {
        var before = plan.Items.ToDictionary(planned => planned.ItemId);
        foreach (var item in order.AllItems().Where(item => item.Id is not null))
        {
            await PrepareAsync(item, before.GetValueOrDefault(item.Id!), cancellationToken);
        }

        Require(shape.Validate(order).Errors.Select(error => error.ErrorMessage));
        var verdicts = await judge.JudgeAsync(order, sender, cancellationToken);
        Require(verdicts.Where(verdict => verdict.Value.Reason is not null).Select(verdict => $"serviceOrderItem[{verdict.Key}]: {verdict.Value.Reason!.Reason}"));
        Require((await others.ComplaintsAsync(order, sender.Caller, cancellationToken)).Select(error => error.Reason));

        List<PlannedItem> planned = [];
        foreach (var item in order.AllItems())
        {
            planned.Add(await planner.PlanAsync(order, item, before.GetValueOrDefault(item.Id!), verdicts[item.Id!], cancellationToken));
        }

        await FreeAsync(order, plan.Items.Where(old => !planned.Exists(item => item.ServiceId == old.ServiceId)), cancellationToken);
        plan.Items = planned;
        await secrets.MaskAsync(order, cancellationToken);
        promise.Make(order);
    }

    private async Task PrepareAsync(ServiceOrderItem item, PlannedItem? before, CancellationToken cancellationToken)
    {
        item.State = ServiceOrderItemStateType.Acknowledged;
        item.ErrorMessage = null;
        if (item.Service is not { } service)
        {
            return;
        }

        if (item.Action == OrderItemActionType.Add)
        {
            service.Id = before is { Work: Work.Make or Work.Record } ? before.ServiceId : null;
            service.Href = null;
            service.SupportingService = null;
        }

        if (service is { Id: { } id, ServiceCharacteristic: { } sent })
        {
            // What waits to be changed keeps its secrets in the plan, what is reserved keeps them with the service.
            var restored = await inventory.RestoreAsync(id, sent, cancellationToken);
            service.ServiceCharacteristic = [.. restored.Select(one => IsMasked(one) ? before?.Changes.Find(stored => stored.Name == one.Name) ?? one : one)];
        }
    }

    private async Task FreeAsync(ServiceOrder order, IEnumerable<PlannedItem> gone, CancellationToken cancellationToken)
    {
        foreach (var planned in gone.Where(planned => planned.Work is Work.Make or Work.Record))
        {
            await inventory.TerminateAsync(planned.ServiceId!, new Cause(CauseKind.Order, order.Id!, planned.ItemId), cancellationToken);
        }
    }

    private static bool IsMasked(Characteristic one) => ValueText.Of(ValueText.Unwrap(one.Value)) == ValueText.Masked;

    private static void Require(IEnumerable<string> complaints)
    {
        var all = complaints.ToList();
        if (all.Count > 0)
        {
            throw new InvalidBodyFieldException(string.Join("; ", all));
        }
    }
}
