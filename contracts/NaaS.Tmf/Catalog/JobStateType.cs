using System.Text.Json.Serialization;

namespace NaaS.Tmf.Catalog;

/// <summary>Valid values for the state of a batch job (e.g. catalog import). TMF633 4.0.</summary>
public enum JobStateType
{
    /// <summary>Not started.</summary>
    [JsonStringEnumMemberName("Not Started")]
    NotStarted,

    /// <summary>Running.</summary>
    [JsonStringEnumMemberName("Running")]
    Running,

    /// <summary>Succeeded.</summary>
    [JsonStringEnumMemberName("Succeeded")]
    Succeeded,

    /// <summary>Failed.</summary>
    [JsonStringEnumMemberName("Failed")]
    Failed,
}
