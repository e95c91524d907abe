using NaaS.Tmf.Shared;

namespace NaaS.Tmf.Catalog;

/// <summary>An amount in a given unit. TMF633 4.0.</summary>
public sealed class Quantity : Extensible
{
    /// <summary>Numeric value in a given unit.</summary>
    public decimal? Amount { get; set; }

    /// <summary>Unit.</summary>
    public string? Units { get; set; }
}
