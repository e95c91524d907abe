namespace NaaS.TmfRest.Timers;

/// <summary>Something that is due at a time, written with what makes it so.</summary>
public sealed class TimerRow
{
    /// <summary>Order of writing.</summary>
    public long Position { get; init; }

    /// <summary>What is due; names the <see cref="ITimerHandler"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Id of what it is about.</summary>
    public required string Subject { get; init; }

    /// <summary>When it is due.</summary>
    public required DateTimeOffset DueAt { get; set; }
}
