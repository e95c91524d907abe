using System.Globalization;

namespace NaaS.Benchmarks.Render;

/// <summary>Prints times as they come in and medians at the end.</summary>
internal sealed class TimingTable
{
    private readonly List<ChartTiming> rows = [];

    public TimingTable() => Line("chart", "helm ms", "first ms", "repeated ms", "first x", "repeated x", "");

    public void Add(ChartTiming timing)
    {
        rows.Add(timing);
        Line(timing.Name, Milliseconds(timing.Helm), Milliseconds(timing.First), Milliseconds(timing.Repeated), Ratio(timing.FirstRatio), Ratio(timing.RepeatedRatio), timing.IsSame ? "" : "other bytes");
    }

    public void PrintSummary()
    {
        var known = rows.Where(row => row.Helm is not null).ToList();
        Line(
            "median",
            known.Count == 0 ? "-" : Milliseconds(Median.Of(known.Select(row => row.Helm!.Value))),
            Milliseconds(Median.Of(rows.Select(row => row.First))),
            Milliseconds(Median.Of(rows.Select(row => row.Repeated))),
            Ratio(MedianOf(known.Select(row => row.FirstRatio!.Value))),
            Ratio(MedianOf(known.Select(row => row.RepeatedRatio!.Value))),
            $"{rows.Count(row => row.IsSame)} of {rows.Count} with the same bytes");
        Console.WriteLine("Aim at the median: first render 10 times faster than the helm process, repeated render 50 times.");
    }

    private static double? MedianOf(IEnumerable<double> ratios) => ratios.Order().ToList() is { Count: > 0 } sorted ? sorted[sorted.Count / 2] : null;

    private static string Milliseconds(TimeSpan? time) => time is { } known ? known.TotalMilliseconds.ToString("0.00", CultureInfo.InvariantCulture) : "-";

    private static string Ratio(double? ratio) => ratio is { } known ? known.ToString("0.0", CultureInfo.InvariantCulture) : "-";

    private static void Line(string name, string helm, string first, string repeated, string firstRatio, string repeatedRatio, string remark) =>
        Console.WriteLine($"{name,-30}{helm,10}{first,10}{repeated,13}{firstRatio,10}{repeatedRatio,12}  {remark}".TrimEnd());
}
