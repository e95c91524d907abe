namespace NaaS.Benchmarks.Fuzz;

/// <summary>What is to be tried.</summary>
/// <param name="Targets">What takes the inputs.</param>
/// <param name="Count">Inputs over all targets.</param>
/// <param name="Seed">Makes the inputs.</param>
/// <param name="From">Number of each target's first input.</param>
internal sealed record FuzzPlan(IReadOnlyList<FuzzTarget> Targets, int Count, int Seed, int From)
{
    /// <summary>Longest time for one input.</summary>
    public static TimeSpan MostTime { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Most memory that one input may have allocated.</summary>
    public const long MostBytes = 256L * 1024 * 1024;

    public int CountOf(FuzzTarget target) => (int)((long)Count * target.Share / Targets.Sum(one => one.Share));
}
