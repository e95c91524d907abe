using System.Text.Json.Nodes;
using NaaS.Contracts;
using NaaS.Ordering.Plans;
using NaaS.Ordering.Validation;
using NaaS.Tmf.Characteristics;
using NaaS.Tmf.Ordering;
using NaaS.Tmf.Shared;
using NaaS.TmfRest.Errors;
using NaaS.TmfRest.Ports;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Timers;

namespace NaaS.Ordering.Orders;

/// <summary>
/// Takes an order in: shape, catalogue, services with their ids, plan, and the commands of all that can start now, in the one transaction of
/// the POST. On the standard path what the door can know is a 400; everything else, and all of it on OpenSlice's path, is a rejected order.
/// </summary>
internal sealed class OrderAcceptance(
    ResourceStore store, IServiceInventory inventory, ItemJudge judge, ItemStarter starter, OrderShape shape, TimeProvider clock)
{
    private static readonly TimeSpan RepeatWindow = TimeSpan.FromDays(1);

    /// <summary>Takes the order in, or finds it where the same was sent before.</summary>
    /// <param name="order">The order as sent.</param>
    /// <param name="body">The same as a document.</param>
    /// <param name="lenient">Whether it came through OpenSlice's path.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<ServiceOrder> AcceptAsync(ServiceOrder order, JsonObject body, bool lenient, CancellationToken cancellationToken)
    {
        var digest = OrderDigest.Of(body);
        if (await RepeatedAsync(order, digest, cancellationToken) is { } first)
        {
            return first;
        }

        Prepare(order, lenient);
        var complaints = shape.Validate(order).Errors.Select(error => error.ErrorMessage).ToList();
        if (complaints.Count > 0 && !lenient)
        {
            throw new InvalidBodyFieldException(string.Join("; ", complaints));
        }

        var verdicts = complaints.Count > 0 ? [] : await JudgeAsync(order, lenient, cancellationToken);
        order.Id = Guid.CreateVersion7(clock.GetUtcNow()).ToString();
        var plan = new OrderPlan { Id = order.Id, Lenient = lenient, Digest = digest };
        // Saved as acknowledged first, so that listeners see the order come before they see what becomes of it.
        store.Insert(order);
        await store.Db.SaveChangesAsync(cancellationToken);
        var errors = Errors(order, complaints, verdicts, lenient);
        if (errors.Count > 0)
        {
            Reject(order, errors);
        }
        else
        {
            await TakeAsync(order, plan, verdicts, cancellationToken);
        }

        store.Update(order);
        store.Insert(plan);
        return order;
    }

    private async Task<ServiceOrder?> RepeatedAsync(ServiceOrder order, string digest, CancellationToken cancellationToken)
    {
        if (order.ExternalId is not { Length: > 0 } externalId)
        {
            return null;
        }

        var since = clock.GetUtcNow() - RepeatWindow;
        foreach (var earlier in await store.QueryAsync<ServiceOrder>($"externalId={Uri.EscapeDataString(Quoted(externalId))}&sort=-orderDate&limit=20", cancellationToken))
        {
            if (earlier.OrderDate >= since && (await store.FindAsync<OrderPlan>(earlier.Id!, cancellationToken))?.Digest == digest)
            {
                return earlier;
            }
        }

        return null;
    }

    private static string Quoted(string text) => $"\"{text}\"";

    private void Prepare(ServiceOrder order, bool lenient)
    {
        order.Type ??= "ServiceOrder";
        order.OrderDate = clock.GetUtcNow();
        order.State = ServiceOrderStateType.Acknowledged;
        order.ServiceOrderItem ??= [];
        foreach (var item in order.AllItems())
        {
            item.State = ServiceOrderItemStateType.Acknowledged;
            item.ErrorMessage = null;
            if (lenient)
            {
                // OpenSlice sends no ids of items, and reads them back as keys.
                item.Id ??= Guid.NewGuid().ToString();
            }

            if (item is { Action: OrderItemActionType.Add, Service: { } service })
            {
                service.Id = null;
                service.Href = null;
                service.SupportingService = null;
            }
        }
    }

    private async Task<Dictionary<string, ItemVerdict>> JudgeAsync(ServiceOrder order, bool lenient, CancellationToken cancellationToken)
    {
        var verdicts = new Dictionary<string, ItemVerdict>();
        foreach (var item in order.AllItems())
        {
            verdicts[item.Id!] = await judge.JudgeAsync(item, lenient, cancellationToken);
        }

        var violations = verdicts.SelectMany(verdict => verdict.Value.Violations.Select(
            violation => $"serviceOrderItem[{verdict.Key}].service.serviceCharacteristic[{violation.Characteristic}]: {violation.Reason}")).ToList();
        return violations.Count == 0 || lenient ? verdicts : throw new InvalidBodyFieldException(string.Join("; ", violations));
    }

    private List<(string? ItemId, ItemError Error)> Errors(ServiceOrder order, List<string> complaints, Dictionary<string, ItemVerdict> verdicts, bool lenient)
    {
        List<(string?, ItemError)> errors = [.. complaints.Select(complaint => ((string?)null, new ItemError("invalid-order", complaint)))];
        errors.AddRange(verdicts.Where(verdict => verdict.Value.Reason is not null).Select(verdict => ((string?)verdict.Key, verdict.Value.Reason!)));
        if (lenient && order.RequestedCompletionDate <= clock.GetUtcNow())
        {
            errors.Add((null, new("end-passed", "requestedCompletionDate, at which the service would end, has passed")));
        }

        return errors;
    }

    private void Reject(ServiceOrder order, List<(string? ItemId, ItemError Error)> errors)
    {
        var now = clock.GetUtcNow();
        foreach (var item in order.AllItems())
        {
            var own = errors.Where(error => error.ItemId == item.Id || error.ItemId is null).Select(error => error.Error).FirstOrDefault();
            ItemEvents.Reject(order, item, own ?? new("order-rejected", "Another item of the order was rejected"), now);
        }

        if (order.ServiceOrderItem!.Count == 0)
        {
            errors.ForEach(error => ItemEvents.Note(order, error.Error.Reason, now));
        }

        OrderConclusion.Draw(order, now);
    }

    private async Task TakeAsync(ServiceOrder order, OrderPlan plan, Dictionary<string, ItemVerdict> verdicts, CancellationToken cancellationToken)
    {
        foreach (var item in order.AllItems())
        {
            plan.Items.Add(await PlanAsync(order, item, verdicts[item.Id!], cancellationToken));
        }

        var ignored = verdicts.Values.SelectMany(verdict => verdict.Ignored).ToList();
        if (ignored.Count > 0)
        {
            ItemEvents.Note(order, $"Left aside: {string.Join("; ", ignored)}", clock.GetUtcNow());
        }

        await starter.ProceedAsync(order, plan, cancellationToken);
        if (order.RequestedStartDate > clock.GetUtcNow())
        {
            store.Db.Timers.Add(new TimerRow { Kind = OrderStart.Name, Subject = order.Id!, DueAt = order.RequestedStartDate.Value });
        }

        if (plan.Lenient && order.RequestedCompletionDate is { } end)
        {
            store.Db.Timers.Add(new TimerRow { Kind = OrderEnd.Name, Subject = order.Id!, DueAt = end });
        }
    }

    private async Task<PlannedItem> PlanAsync(ServiceOrder order, ServiceOrderItem item, ItemVerdict verdict, CancellationToken cancellationToken)
    {
        var planned = new PlannedItem { ItemId = item.Id!, Work = TargetState.WorkOf(item), ServiceId = item.Service?.Id };
        if (planned.Work is Work.Make or Work.Record)
        {
            var reservation = new ServiceReservation(item.Service!, verdict.Accepted, new Cause(CauseKind.Order, order.Id!, item.Id))
            {
                Parties = order.RelatedParty ?? [],
            };
            var service = await inventory.ReserveAsync(reservation, cancellationToken);
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
            item.Service.ServiceCharacteristic = [.. planned.Changes.Select(one => verdict.Secrets.Contains(one.Name ?? "") ? Masked(one) : one)];
        }

        return planned;
    }

    private static Characteristic Masked(Characteristic secret) => new() { Id = secret.Id, Name = secret.Name, ValueType = secret.ValueType, Value = ValueText.Masked };
}
