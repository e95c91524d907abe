using System.Text.Json.Nodes;

namespace NaaS.Tmf.Shared;

/// <summary>Describes a given characteristic of an object or entity through a name/value pair. TMF638 4.0 and TMF641 4.1.</summary>
public sealed class Characteristic : Extensible
{
    /// <summary>Unique identifier of the characteristic.</summary>
    public string? Id { get; set; }

    /// <summary>Name of the characteristic.</summary>
    public string? Name { get; set; }

    /// <summary>Data type of the value of the characteristic.</summary>
    public string? ValueType { get; set; }

    /// <summary>The characteristic relationship.</summary>
    public List<CharacteristicRelationship>? CharacteristicRelationship { get; set; }

    /// <summary>The value of the characteristic.</summary>
    public JsonNode? Value { get; set; }
}
