using System.Text.Json.Serialization;

namespace NaaS.Tmf.Shared;

/// <summary>Base of what has an address of its own.</summary>
public abstract class TmfResource : Extensible
{
    /// <summary>Unique identifier, given by the server.</summary>
    [JsonPropertyOrder(-2)]
    public string? Id { get; set; }

    /// <summary>The resource's own absolute address; written when it is sent, never stored.</summary>
    [JsonPropertyOrder(-1)]
    public string? Href { get; set; }
}
