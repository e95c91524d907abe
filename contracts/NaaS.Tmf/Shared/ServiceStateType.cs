using System.Text.Json.Serialization;

namespace NaaS.Tmf.Shared;

/// <summary>Valid values for the lifecycle state of the service. TMF638 4.0 and TMF641 4.1.</summary>
public enum ServiceStateType
{
    /// <summary>Found feasible.</summary>
    [JsonStringEnumMemberName("feasibilityChecked")]
    FeasibilityChecked,

    /// <summary>Designed.</summary>
    [JsonStringEnumMemberName("designed")]
    Designed,

    /// <summary>Reserved: on its way to be active.</summary>
    [JsonStringEnumMemberName("reserved")]
    Reserved,

    /// <summary>Present and switched off.</summary>
    [JsonStringEnumMemberName("inactive")]
    Inactive,

    /// <summary>In service.</summary>
    [JsonStringEnumMemberName("active")]
    Active,

    /// <summary>Ended; kept for reading.</summary>
    [JsonStringEnumMemberName("terminated")]
    Terminated,
}
