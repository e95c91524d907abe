using System.Diagnostics;

namespace NaaS.Benchmarks.Render;

/// <summary>Medians of repeated measurements.</summary>
internal static class Median
{
    public static TimeSpan Of(int runs, Action work)
    {
        var times = new List<TimeSpan>();
        for (var i = 0; i < runs; i++)
        {
            var start = Stopwatch.GetTimestamp();
            work();
            times.Add(Stopwatch.GetElapsedTime(start));
        }

        return Of(times);
    }

    public static TimeSpan Of(IEnumerable<TimeSpan> times) => times.Order().ToList() is { Count: > 0 } sorted ? sorted[sorted.Count / 2] : TimeSpan.Zero;
}
