using System.Text.Json.Serialization;

namespace NaaS.Tmf.Shared;

/// <summary>Action to be performed on the product. TMF638 4.0 and TMF641 4.1.</summary>
public enum OrderItemActionType
{
    /// <summary>Create the service.</summary>
    [JsonStringEnumMemberName("add")]
    Add,

    /// <summary>Change the service.</summary>
    [JsonStringEnumMemberName("modify")]
    Modify,

    /// <summary>End the service.</summary>
    [JsonStringEnumMemberName("delete")]
    Delete,

    /// <summary>Leave the service as it is; context for other items.</summary>
    [JsonStringEnumMemberName("noChange")]
    NoChange,
}
