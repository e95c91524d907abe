using System.Text.Json.Serialization;
using NaaS.Tmf.Shared;

namespace NaaS.Tmf.Catalog;

/// <summary>This class defines a characteristic specification. TMF633 4.0.</summary>
public sealed class CharacteristicSpecification : Extensible
{
    /// <summary>Unique ID for the characteristic.</summary>
    public string? Id { get; set; }

    /// <summary>If true, the Boolean indicates that the target Characteristic is configurable.</summary>
    public bool? Configurable { get; set; }

    /// <summary>A narrative that explains the CharacteristicSpecification.</summary>
    public string? Description { get; set; }

    /// <summary>An indicator that specifies that the values for the characteristic can be extended by adding new values when instantiating a characteristic for a resource.</summary>
    public bool? Extensible { get; set; }

    /// <summary>An indicator that specifies if a value is unique for the specification.</summary>
    public bool? IsUnique { get; set; }

    /// <summary>The maximum number of instances a CharacteristicValue can take on.</summary>
    public int? MaxCardinality { get; set; }

    /// <summary>The minimum number of instances a CharacteristicValue can take on.</summary>
    public int? MinCardinality { get; set; }

    /// <summary>A word, term, or phrase by which this characteristic specification is known and distinguished from other characteristic specifications.</summary>
    public string? Name { get; set; }

    /// <summary>A rule or principle represented in regular expression used to derive the value of a characteristic value.</summary>
    public string? Regex { get; set; }

    /// <summary>A kind of value that the characteristic can take on, such as numeric, text and so forth.</summary>
    public string? ValueType { get; set; }

    /// <summary>An aggregation, migration, substitution, dependency or exclusivity relationship between/among Specification Characteristics.</summary>
    public List<CharacteristicSpecificationRelationship>? CharSpecRelationship { get; set; }

    /// <summary>A CharacteristicValueSpecification object is used to define a set of attributes, each of which can be assigned to a corresponding set of attributes in a CharacteristicSpecification object.</summary>
    public List<CharacteristicValueSpecification>? CharacteristicValueSpecification { get; set; }

    /// <summary>The period of time for which a characteristic is applicable.</summary>
    public TimePeriod? ValidFor { get; set; }

    /// <summary>This (optional) field provides a link to the schema describing the value type.</summary>
    [JsonPropertyName("@valueSchemaLocation")]
    public string? ValueSchemaLocation { get; set; }
}
