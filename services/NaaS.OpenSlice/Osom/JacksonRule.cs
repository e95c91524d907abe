namespace NaaS.OpenSlice.Osom;

/// <summary>What a reply must keep to, so that OpenSlice reads it.</summary>
public enum JacksonRule
{
    /// <summary>Members are there, and of the right kind.</summary>
    Shape,

    /// <summary>Values of characteristics are texts, whole numbers, or objects of texts.</summary>
    Value,

    /// <summary>Dates have an offset.</summary>
    Date,

    /// <summary>Parties and attachments are no nulls, and a period has both ends.</summary>
    Optional,

    /// <summary>States are OpenSlice's.</summary>
    State,
}
