namespace NaaS.TmfRest.Timers;

/// <summary>Does what is due, in the transaction that removes the timer. It may run again where another was faster, and long after the time.</summary>
public interface ITimerHandler
{
    /// <summary>The kind of timer that it handles.</summary>
    string Kind { get; }

    /// <summary>Does it; what is no longer wanted is left undone.</summary>
    Task HandleAsync(string subject, CancellationToken cancellationToken);
}
