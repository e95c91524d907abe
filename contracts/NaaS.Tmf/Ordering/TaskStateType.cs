using System.Text.Json.Serialization;

namespace NaaS.Tmf.Ordering;

/// <summary>Possible values for the state of a task. TMF641 4.1.</summary>
public enum TaskStateType
{
    /// <summary>Received.</summary>
    [JsonStringEnumMemberName("accepted")]
    Accepted,

    /// <summary>Could not be carried out.</summary>
    [JsonStringEnumMemberName("terminatedWithError")]
    TerminatedWithError,

    /// <summary>Being processed.</summary>
    [JsonStringEnumMemberName("inProgress")]
    InProgress,

    /// <summary>Carried out.</summary>
    [JsonStringEnumMemberName("done")]
    Done,
}
