using Microsoft.Extensions.Options;
using NaaS.Contracts;
using NaaS.Ordering.Cancellations;
using NaaS.Ordering.Orders;
using NaaS.Ordering.Plans;
using NaaS.Tmf.Characteristics;
using NaaS.Tmf.Ordering;
using NaaS.TmfRest.Ports;
using NaaS.TmfRest.Resources;

namespace NaaS.Ordering.Reports;

/// <summary>Takes the worker's reports: brings the item that asked for the revision up to it, and starts what waited for that item.</summary>
internal sealed class OrderReports(ResourceStore store, ItemStarter starter, IOptions<CharacteristicOptions> options) : IReportHandler
{
    public IReadOnlyList<Type> Models { get; } = [typeof(ServiceOrder), typeof(OrderPlan)];

    public IEnumerable<string> Changed(ServiceReported report) => Concerns(report) ? [report.Cause.Id] : [];

    public async Task HandleAsync(ServiceReported report, CancellationToken cancellationToken)
    {
        if (!Concerns(report) || await store.FindForChangeAsync<ServiceOrder>(report.Cause.Id, cancellationToken) is not { } order)
        {
            return;
        }

        var plan = await store.GetForChangeAsync<OrderPlan>(report.Cause.Id, cancellationToken);
        if (order.ItemOf(report.Cause.ItemId) is not { } item)
        {
            return;
        }

        var before = item.StateOf();
        var (milestones, alerts) = (order.Milestone?.Count ?? 0, order.JeopardyAlert?.Count ?? 0);
        ReportedItem.Apply(order, item, report, plan.Of(item.Id)?.Withdrawal);
        await starter.ProceedAsync(order, plan, cancellationToken);
        await CancellationEnd.DrawAsync(store, order, plan, cancellationToken);
        store.Update(order);
        store.Update(plan);
        foreach (var milestone in (order.Milestone ?? []).Skip(milestones))
        {
            store.Raise(order, "ServiceOrderMilestoneEvent", milestone.Description, "milestone");
        }

        if (order.JeopardyAlert?.Count > alerts)
        {
            store.Raise(order, "ServiceOrderJeopardyEvent", order.JeopardyAlert[^1].Message, "jeopardyAlert");
        }

        // Clusters may come, but the customer need not wait for them: other rules may match at once.
        if (report.Rollout == Rollout.Waiting && item.StateOf() == ServiceOrderStateType.Pending && before != ServiceOrderStateType.Pending)
        {
            store.Raise(
                order,
                "ServiceOrderInformationRequiredEvent",
                $"Item {item.Id} waits: {report.Reason}. A modify order with other placement rules replaces this one.",
                $"serviceOrderItem[{item.Id}].service.serviceCharacteristic[{options.Value.Names.Placement}]");
        }
    }

    private static bool Concerns(ServiceReported report) => !report.Standing && report.Cause.Kind == CauseKind.Order;
}
