namespace NaaS.Tmf.Shared;

/// <summary>A period of time, either as a deadline (endDateTime only) a startDateTime only, or both. TMF633 4.0 and TMF638 4.0 and TMF641 4.1.</summary>
public sealed class TimePeriod : Extensible
{
    /// <summary>End of the time period, using IETC-RFC-3339 format.</summary>
    public DateTimeOffset? EndDateTime { get; set; }

    /// <summary>Start of the time period, using IETC-RFC-3339 format.</summary>
    public DateTimeOffset? StartDateTime { get; set; }
}
