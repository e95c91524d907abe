using NaaS.Tmf.Ordering;
using static NaaS.Tmf.Ordering.ServiceOrderStateType;

namespace NaaS.Ordering.Orders;

/// <summary>What can happen to an item, each with all that it leaves in the order: state, milestone, alert, error, note.</summary>
internal static class ItemEvents
{
    private const string Author = "NaaS";

    /// <summary>Accepted by the catalogue no more than by us: the order names the reason.</summary>
    public static void Reject(ServiceOrder order, ServiceOrderItem item, ItemError error, DateTimeOffset now)
    {
        item.MoveTo(Rejected);
        Tell(order, item, error, "rejected", now);
    }

    /// <summary>Waits for its start date or for another item.</summary>
    public static void Postpone(ServiceOrderItem item) => item.MoveTo(Pending);

    /// <summary>Its work has begun.</summary>
    public static void Begin(ServiceOrderItem item) => item.MoveTo(InProgress);

    /// <summary>Cannot go on because of us, not of the customer: told once by a note.</summary>
    public static void Hold(ServiceOrder order, ServiceOrderItem item, string reason, DateTimeOffset now)
    {
        if (item.StateOf() != Held)
        {
            item.MoveTo(Held);
            Note(order, $"Item {item.Id} is {reason}", now);
        }
    }

    /// <summary>Has come so far: once for each milestone.</summary>
    public static void Reach(ServiceOrder order, ServiceOrderItem item, Milestone milestone, DateTimeOffset now)
    {
        if (Reached(order, item, milestone))
        {
            return;
        }

        (order.Milestone ??= []).Add(new()
        {
            Id = $"{item.Id}-{milestone.Name}",
            Name = milestone.Name,
            Description = milestone.Description,
            MilestoneDate = now,
            Status = "completed",
            ServiceOrderItem = [Reference(order, item)],
        });
    }

    /// <summary>Whether it had come so far before.</summary>
    public static bool Reached(ServiceOrder order, ServiceOrderItem item, Milestone milestone) =>
        order.Milestone?.Any(reached => reached.Id == $"{item.Id}-{milestone.Name}") == true;

    /// <summary>No cluster matches for now: explained by an alert, which a later reason replaces, and by one note.</summary>
    public static void Wait(ServiceOrder order, ServiceOrderItem item, string reason, DateTimeOffset now)
    {
        item.MoveTo(Pending);
        var id = $"{item.Id}-placement";
        var alert = order.JeopardyAlert?.FirstOrDefault(alert => alert.Id == id);
        if (alert is null)
        {
            alert = new() { Id = id, Name = "no cluster matches", JeopardyType = "Critical", Exception = "PlacementNotSatisfied", AlertDate = now, ServiceOrderItem = [Reference(order, item)] };
            (order.JeopardyAlert ??= []).Add(alert);
            Note(order, reason, now);
        }

        alert.Message = reason;
    }

    /// <summary>Not ready by the promised date: one alert for each item, which a later date replaces.</summary>
    public static void Late(ServiceOrder order, ServiceOrderItem item, string reason, DateTimeOffset now)
    {
        var id = $"{item.Id}-late";
        order.JeopardyAlert = [.. (order.JeopardyAlert ?? []).Where(alert => alert.Id != id), new()
        {
            Id = id,
            Name = "promised date passed",
            JeopardyType = "Hazard",
            Exception = "ExpectedCompletionDatePassed",
            AlertDate = now,
            Message = reason,
            ServiceOrderItem = [Reference(order, item)],
        }];
    }

    /// <summary>Done.</summary>
    public static void Complete(ServiceOrderItem item) => item.MoveTo(Completed);

    /// <summary>Could not be done.</summary>
    public static void Fail(ServiceOrder order, ServiceOrderItem item, ItemError error, DateTimeOffset now)
    {
        item.MoveTo(Failed);
        Tell(order, item, error, "failed", now);
    }

    /// <summary>Will not be done: somebody cancelled, or what it needs failed.</summary>
    public static void Cancel(ServiceOrder order, ServiceOrderItem item, ItemError error, DateTimeOffset now)
    {
        item.MoveTo(Cancelled);
        Tell(order, item, error, "cancelled", now);
    }

    /// <summary>Adds a note of ours.</summary>
    public static void Note(ServiceOrder order, string text, DateTimeOffset now) =>
        (order.Note ??= []).Add(new() { Id = $"naas-{order.Note!.Count + 1}", Author = Author, Date = now, Text = text });

    private static void Tell(ServiceOrder order, ServiceOrderItem item, ItemError error, string status, DateTimeOffset now)
    {
        (item.ErrorMessage ??= []).Add(new() { Code = error.Code, Reason = error.Reason, Message = error.Reason, Status = status, Timestamp = now });
        (order.ErrorMessage ??= []).Add(new()
        {
            Code = error.Code,
            Reason = error.Reason,
            Message = error.Reason,
            Status = status,
            Timestamp = now,
            ServiceOrderItem = [Reference(order, item)],
        });
        Note(order, error.Reason, now);
    }

    // The official schema demands id and lists itemId: both are written.
    private static ServiceOrderItemRef Reference(ServiceOrder order, ServiceOrderItem item) =>
        new() { Id = item.Id, ItemId = item.Id, ServiceOrderId = order.Id };
}
