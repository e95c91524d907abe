using System.Text.Json.Serialization;

namespace NaaS.Tmf.Ordering;

/// <summary>Possible values for the state of the order. TMF641 4.1.</summary>
public enum ServiceOrderStateType
{
    /// <summary>Received and checked.</summary>
    [JsonStringEnumMemberName("acknowledged")]
    Acknowledged,

    /// <summary>Refused after it was received.</summary>
    [JsonStringEnumMemberName("rejected")]
    Rejected,

    /// <summary>Waits for a date, a dependency or the client.</summary>
    [JsonStringEnumMemberName("pending")]
    Pending,

    /// <summary>Waits because of a problem on the provider's side.</summary>
    [JsonStringEnumMemberName("held")]
    Held,

    /// <summary>Being processed.</summary>
    [JsonStringEnumMemberName("inProgress")]
    InProgress,

    /// <summary>Cancelled; what had been done is undone.</summary>
    [JsonStringEnumMemberName("cancelled")]
    Cancelled,

    /// <summary>Done.</summary>
    [JsonStringEnumMemberName("completed")]
    Completed,

    /// <summary>Failed.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>Done in part.</summary>
    [JsonStringEnumMemberName("partial")]
    Partial,

    /// <summary>A cancellation is being assessed.</summary>
    [JsonStringEnumMemberName("assessingCancellation")]
    AssessingCancellation,

    /// <summary>A cancellation is under way.</summary>
    [JsonStringEnumMemberName("pendingCancellation")]
    PendingCancellation,
}
