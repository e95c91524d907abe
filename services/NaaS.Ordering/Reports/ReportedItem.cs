using NaaS.Contracts;
using NaaS.Ordering.Orders;
using NaaS.Tmf.Ordering;
using NaaS.Tmf.Shared;

namespace NaaS.Ordering.Reports;

/// <summary>What a report of the worker means to the item that caused the revision.</summary>
internal static class ReportedItem
{
    /// <summary>Applies the report; an item that has come to its end stays as it is.</summary>
    /// <param name="order">The order.</param>
    /// <param name="item">The item.</param>
    /// <param name="report">The report.</param>
    /// <param name="withdrawal">Sequence of the command that calls the item's change back; null where none does.</param>
    public static void Apply(ServiceOrder order, ServiceOrderItem item, ServiceReported report, long? withdrawal)
    {
        if (item.StateOf() == ServiceOrderStateType.PendingCancellation)
        {
            Undone(order, item, report, withdrawal);
            return;
        }

        if (item.StateOf().IsFinal())
        {
            return;
        }

        switch (report.Rollout)
        {
            case Rollout.Designed or Rollout.Placed when report.Held && !IsAssessed(item):
                Reach(order, item, report);
                ItemEvents.Hold(order, item, report.Reason ?? "held by an operator", report.At);
                break;
            case Rollout.Waiting when !IsAssessed(item) && !ItemEvents.Reached(order, item, Milestone.Placed):
                ItemEvents.Wait(order, item, report.Reason ?? "No cluster matches the placement rules yet", report.At);
                break;
            case Rollout.Good or Rollout.Unchanged:
                Good(order, item, report);
                break;
            case Rollout.Superseded:
                ItemEvents.Fail(order, item, new("superseded", report.Reason ?? "A newer change of the service replaced this one"), report.At);
                break;
            case Rollout.Failed:
                ItemEvents.Fail(order, item, new("rollout-failed", report.Reason ?? "The change did not become ready"), report.At);
                break;
            case Rollout.Terminated:
                Terminated(order, item, report);
                break;
            default:
                OnTheWay(order, item, report);
                break;
        }
    }

    // What is being cancelled waits for its end, or for what calls it back, whatever became of its own revision.
    private static void Undone(ServiceOrder order, ServiceOrderItem item, ServiceReported report, long? withdrawal)
    {
        if (report.Rollout == Rollout.Terminated)
        {
            ItemEvents.Cancel(order, item, new("cancelled", "Cancelled; what had been done was removed"), report.At);
        }
        else if (report.Sequence == withdrawal && report.Rollout is Rollout.Withdrawn or Rollout.Good or Rollout.Unchanged)
        {
            ItemEvents.Cancel(order, item, new("cancelled", "Cancelled; the service is what it was before"), report.At);
        }
        else if (report.Sequence == withdrawal && report.Rollout is Rollout.Failed or Rollout.Superseded)
        {
            ItemEvents.Fail(order, item, new("undo-failed", $"What had been done could not be undone: {report.Reason}"), report.At);
        }
    }

    private static void OnTheWay(ServiceOrder order, ServiceOrderItem item, ServiceReported report)
    {
        if (!IsAssessed(item))
        {
            ItemEvents.Begin(item);
        }

        Reach(order, item, report);
    }

    private static void Reach(ServiceOrder order, ServiceOrderItem item, ServiceReported report)
    {
        var reached = report.Rollout switch
        {
            Rollout.Designed => [Milestone.Designed],
            Rollout.Placed => [Milestone.Designed, Milestone.Placed],
            Rollout.Delivered => [Milestone.Designed, Milestone.Placed, Milestone.Delivered],
            _ => (Milestone[])[],
        };
        Array.ForEach(reached, milestone => ItemEvents.Reach(order, item, milestone, report.At));
        NameComponents(item, report);
    }

    // Its state tells of its cancellation then; only its end counts.
    private static bool IsAssessed(ServiceOrderItem item) => item.StateOf() == ServiceOrderStateType.AssessingCancellation;

    private static void Good(ServiceOrder order, ServiceOrderItem item, ServiceReported report)
    {
        foreach (var milestone in (Milestone[])[Milestone.Designed, Milestone.Placed, Milestone.Delivered, Milestone.Ready])
        {
            ItemEvents.Reach(order, item, milestone, report.At);
        }

        NameComponents(item, report);
        if (item.Service is { } service)
        {
            service.HasStarted = true;
            service.StartDate ??= report.At;
        }

        ItemEvents.Complete(item);
    }

    private static void Terminated(ServiceOrder order, ServiceOrderItem item, ServiceReported report)
    {
        if (item.Action == OrderItemActionType.Add)
        {
            ItemEvents.Fail(order, item, new("rollout-failed", report.Reason ?? "The service did not become ready and was removed"), report.At);
        }
        else
        {
            ItemEvents.Complete(item);
        }
    }

    // As soon as they are known: OpenSlice mirrors what an order names while it is under way, and never looks again when it has ended.
    private static void NameComponents(ServiceOrderItem item, ServiceReported report)
    {
        if (item.Service is { } service && report.Components.Count > 0)
        {
            service.SupportingService = [.. report.Components.Where(component => component.State != ComponentState.Terminated).Select(Reference)];
        }
    }

    private static ServiceRefOrValue Reference(ComponentReport component) => new()
    {
        Id = component.Id.ToString(),
        Name = $"{component.Kind} {component.Name}",
        Category = "ResourceFacingService",
        ReferredType = "Service",
    };
}
