namespace NaaS.Tmf.Characteristics;

/// <summary>What kind of rule a value breaks.</summary>
public enum ViolationKind
{
    /// <summary>The specification has no such characteristic, or it is not valid now.</summary>
    Unknown,

    /// <summary>The name belongs to somebody else's machinery and cannot be ordered.</summary>
    Reserved,

    /// <summary>The provider sets this value.</summary>
    NotConfigurable,

    /// <summary>A mandatory value is missing, or there are too few or too many values.</summary>
    Cardinality,

    /// <summary>The value is not of the demanded type.</summary>
    Type,

    /// <summary>No entry of the specification admits the value.</summary>
    Value,

    /// <summary>Another service has this value, and the specification says that it is unique.</summary>
    Unique,

    /// <summary>It needs another characteristic that is not given, or cannot go with one that is.</summary>
    Relationship,

    /// <summary>A document (YAML, base64, scheduling rules) or a well-known text cannot be used.</summary>
    Document,
}

/// <summary>One broken rule of the catalogue.</summary>
/// <param name="Characteristic">Name of the characteristic.</param>
/// <param name="Kind">Which kind of rule.</param>
/// <param name="Reason">Why, in plain words, without the value of a secret.</param>
public sealed record Violation(string Characteristic, ViolationKind Kind, string Reason)
{
    /// <summary>Name and reason, as shown to a customer.</summary>
    public override string ToString() => $"{Characteristic}: {Reason}";
}
