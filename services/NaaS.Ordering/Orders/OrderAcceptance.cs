using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NaaS.Ordering.Plans;
using NaaS.Ordering.Validation;
using NaaS.Tmf.Ordering;
using NaaS.Tmf.Shared;
using NaaS.TmfRest.Errors;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Timers;

namespace NaaS.Ordering.Orders;

/// <summary>
/// Takes an order in: shape, catalogue, services with their ids, plan, and the commands of all that can start now, in the one transaction of
/// the POST. On the standard path what the door can know is a 400; everything else, and all of it on OpenSlice's path, is a rejected order.
/// </summary>
internal sealed class OrderAcceptance(
    ResourceStore store, ItemJudge judge, ItemPlanner planner, ItemStarter starter, OtherOrders others, OrderSecrets secrets, OrderShape shape, Promise promise, TimeProvider clock)
{
    private static readonly TimeSpan RepeatWindow = TimeSpan.FromDays(1);

    /// <summary>Takes the order in, or finds it where the same was sent before.</summary>
    /// <param name="order">The order as sent.</param>
    /// <param name="body">The same as a document.</param>
    /// <param name="sender">Who sends it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<ServiceOrder> AcceptAsync(ServiceOrder order, JsonObject body, Sender sender, CancellationToken cancellationToken)
    {
        var lenient = sender.Lenient;
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

        var verdicts = complaints.Count > 0 ? [] : await judge.JudgeAsync(order, sender, cancellationToken);
        order.Id = Guid.CreateVersion7(clock.GetUtcNow()).ToString();
        var plan = new OrderPlan { Id = order.Id, Lenient = lenient, Digest = digest, OrderedBy = sender.Caller.Subject };
        var errors = Errors(complaints, verdicts);
        errors.AddRange((await others.ComplaintsAsync(order, sender.Caller, cancellationToken)).Select(error => ((string?)null, error)));
        if (errors.Count == 0)
        {
            await ReserveAsync(order, plan, verdicts, cancellationToken);
            await others.JoinAsync(order, cancellationToken);
            promise.Make(order);
        }

        // Told as acknowledged first, so that listeners see the order come before they see what becomes of it.
        await secrets.MaskAsync(order, cancellationToken);
        store.Insert(order);
        await store.TellAsync(cancellationToken);
        if (errors.Count > 0)
        {
            Reject(order, errors);
        }
        else
        {
            await starter.ProceedAsync(order, plan, cancellationToken);
            Schedule(order, plan);
        }

        store.Update(order);
        store.Insert(plan);
        return order;
    }

    private async Task<ServiceOrder?> RepeatedAsync(ServiceOrder order, string digest, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(order.ExternalId))
        {
            return null;
        }

        if (store.Db.Database.IsNpgsql())
        {
            // The same order sent twice at once waits here for the first to be stored.
            await store.Db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({digest}, 641))", cancellationToken);
        }

        var since = clock.GetUtcNow() - RepeatWindow;
        foreach (var plan in await store.QueryAsync<OrderPlan>($"digest={digest}", cancellationToken))
        {
            if (await store.FindAsync<ServiceOrder>(plan.Id!, cancellationToken) is { } earlier && earlier.OrderDate >= since)
            {
                return earlier;
            }
        }

        return null;
    }

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

    private static List<(string? ItemId, ItemError Error)> Errors(List<string> complaints, Dictionary<string, ItemVerdict> verdicts)
    {
        List<(string?, ItemError)> errors = [.. complaints.Select(complaint => ((string?)null, new ItemError("invalid-order", complaint)))];
        errors.AddRange(verdicts.Where(verdict => verdict.Value.Reason is not null).Select(verdict => ((string?)verdict.Key, verdict.Value.Reason!)));
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

    private async Task ReserveAsync(ServiceOrder order, OrderPlan plan, Dictionary<string, ItemVerdict> verdicts, CancellationToken cancellationToken)
    {
        foreach (var item in order.AllItems())
        {
            plan.Items.Add(await planner.PlanAsync(order, item, null, verdicts[item.Id!], cancellationToken));
        }

        var ignored = verdicts.Values.SelectMany(verdict => verdict.Ignored).ToList();
        if (ignored.Count > 0)
        {
            ItemEvents.Note(order, $"Left aside: {string.Join("; ", ignored)}", clock.GetUtcNow());
        }
    }

    private void Schedule(ServiceOrder order, OrderPlan plan)
    {
        if (order.RequestedStartDate > clock.GetUtcNow())
        {
            store.Db.Timers.Add(new TimerRow { Kind = OrderStart.Name, Subject = order.Id!, DueAt = order.RequestedStartDate.Value });
        }

        OrderEnd.Schedule(store, order, plan, clock.GetUtcNow());
    }
}
