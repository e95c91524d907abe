namespace NaaS.Sandbox.Controllers.Works;

/// <summary>The agent's periodic work without a timer each: when the next turn after an event would have come.</summary>
internal static class Rhythm
{
    /// <summary>The next turn of something that happens every <paramref name="period"/> and up to <paramref name="jitter"/> more, since <paramref name="last"/>.</summary>
    public static DateTimeOffset Next(DateTimeOffset last, DateTimeOffset now, TimeSpan period, double jitter, string who)
    {
        var turn = period * (1 + (jitter * ((uint)string.GetHashCode(who, StringComparison.Ordinal) / (double)uint.MaxValue)));
        var passed = Math.Floor((now - last) / turn);
        return last + (turn * (passed + 1));
    }
}
