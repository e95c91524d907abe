namespace NaaS.Contracts;

/// <summary>Command to the worker: hold a service's roll-outs, let them go on, or give one up. It makes no revision.</summary>
/// <param name="ServiceId">The service.</param>
/// <param name="Steering">What to do.</param>
/// <param name="Revision">The revision that is given up; one that has been concluded meanwhile stays as it is.</param>
/// <param name="Reason">Why, in the operator's words.</param>
public sealed record SteerRollout(Guid ServiceId, Steering Steering, int Revision, string? Reason);

/// <summary>What an operator does to a roll-out.</summary>
public enum Steering
{
    /// <summary>Nothing new is delivered until it is let go on; deadlines stand still.</summary>
    Hold,

    /// <summary>Roll-outs go on.</summary>
    Resume,

    /// <summary>The revision is given up and the last good one put back.</summary>
    Abort,
}
