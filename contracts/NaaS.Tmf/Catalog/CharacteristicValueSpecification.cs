using System.Text.Json.Nodes;
using NaaS.Tmf.Shared;

namespace NaaS.Tmf.Catalog;

/// <summary>Specification of a value (number or text or an object) that can be assigned to a Characteristic. TMF633 4.0.</summary>
public sealed class CharacteristicValueSpecification : Extensible
{
    /// <summary>If true, the Boolean Indicates if the value is the default value for a characteristic.</summary>
    public bool? IsDefault { get; set; }

    /// <summary>An indicator that specifies the inclusion or exclusion of the valueFrom and valueTo attributes.</summary>
    public string? RangeInterval { get; set; }

    /// <summary>A regular expression constraint for given value.</summary>
    public string? Regex { get; set; }

    /// <summary>A length, surface, volume, dry measure, liquid measure, money, weight, time, and the like.</summary>
    public string? UnitOfMeasure { get; set; }

    /// <summary>The low range value that a characteristic can take on.</summary>
    public decimal? ValueFrom { get; set; }

    /// <summary>The upper range value that a characteristic can take on.</summary>
    public decimal? ValueTo { get; set; }

    /// <summary>A kind of value that the characteristic value can take on, such as numeric, text and so forth.</summary>
    public string? ValueType { get; set; }

    /// <summary>The period of time for which a value is applicable.</summary>
    public TimePeriod? ValidFor { get; set; }

    /// <summary>A discrete value that the characteristic can take on, or the actual value of the characteristic.</summary>
    public JsonNode? Value { get; set; }
}
