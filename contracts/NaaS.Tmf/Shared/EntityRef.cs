using System.Text.Json.Serialization;

namespace NaaS.Tmf.Shared;

/// <summary>A reference to something that has an address of its own.</summary>
public abstract class EntityRef : Extensible
{
    /// <summary>Unique identifier of what is referred to.</summary>
    [JsonPropertyOrder(-2)]
    public string? Id { get; set; }

    /// <summary>Its address.</summary>
    [JsonPropertyOrder(-1)]
    public string? Href { get; set; }

    /// <summary>Its name.</summary>
    public string? Name { get; set; }

    /// <summary>The actual type of what is referred to.</summary>
    [JsonPropertyName("@referredType")]
    [JsonPropertyOrder(103)]
    public string? ReferredType { get; set; }
}
