namespace NaaS.Tmf.Shared;

/// <summary>Extra information about a given entity. TMF638 4.0 and TMF641 4.1.</summary>
public sealed class Note : Extensible
{
    /// <summary>Identifier of the note within its containing entity.</summary>
    public string? Id { get; set; }

    /// <summary>Author of the note.</summary>
    public string? Author { get; set; }

    /// <summary>Date of the note.</summary>
    public DateTimeOffset? Date { get; set; }

    /// <summary>Text of the note.</summary>
    public string? Text { get; set; }
}
