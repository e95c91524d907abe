using System.Text.Json;
using System.Text.Json.Serialization;

namespace NaaS.Tmf.Shared;

/// <summary>Base of all TM Forum objects: may be extended by its user, and what we do not know is kept and given back (TMF630 part 2).</summary>
public abstract class Extensible
{
    /// <summary>When sub-classing, this defines the super-class.</summary>
    [JsonPropertyName("@baseType")]
    [JsonPropertyOrder(100)]
    public string? BaseType { get; set; }

    /// <summary>A URI to a JSON-Schema file that defines additional attributes and relationships.</summary>
    [JsonPropertyName("@schemaLocation")]
    [JsonPropertyOrder(101)]
    public string? SchemaLocation { get; set; }

    /// <summary>When sub-classing, this defines the sub-class entity name.</summary>
    [JsonPropertyName("@type")]
    [JsonPropertyOrder(102)]
    public string? Type { get; set; }

    /// <summary>Attributes that the official model does not have.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extensions { get; set; }
}
