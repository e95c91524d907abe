using NaaS.Tmf.Shared;

namespace NaaS.Tmf.Ordering;

/// <summary>Request for cancellation an existing Service order. TMF641 4.1.</summary>
public sealed class CancelServiceOrder : TmfResource
{
    /// <summary>Reason why the order is cancelled.</summary>
    public string? CancellationReason { get; set; }

    /// <summary>An optional message describing the completion of the task if it is done as expected or it is denied for a reason (like order in an state of PoNR).</summary>
    public string? CompletionMessage { get; set; }

    /// <summary>Date when the order is cancelled.</summary>
    public DateTimeOffset? EffectiveCancellationDate { get; set; }

    /// <summary>Date when the submitter wants the order to be cancelled.</summary>
    public DateTimeOffset? RequestedCancellationDate { get; set; }

    /// <summary>The error(s) cause the termination of cancelServiceOrder (in TerminatedWithError state).</summary>
    public ErrorMessage? ErrorMessage { get; set; }

    /// <summary>The service order.</summary>
    public ServiceOrderRef? ServiceOrder { get; set; }

    /// <summary>Tracks the lifecycle status of the cancellation request, such as Acknowledged, Rejected, InProgress, Pending and so on.</summary>
    public TaskStateType? State { get; set; }
}
