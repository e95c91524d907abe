namespace NaaS.Fulfilment.Storage;

/// <summary>A preview that was asked for. It goes when the answer is written.</summary>
internal sealed class PreviewRecord
{
    /// <summary>Id of the preview.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its item.</summary>
    public required string ItemId { get; init; }

    /// <summary>The request as JSON.</summary>
    public required string Request { get; init; }

    /// <summary>When it came.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Until when one worker has it.</summary>
    public DateTimeOffset ClaimedUntil { get; set; }
}
