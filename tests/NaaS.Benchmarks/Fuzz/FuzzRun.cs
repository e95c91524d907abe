using System.Diagnostics;

namespace NaaS.Benchmarks.Fuzz;

/// <summary>Feeds the inputs of a plan in this process; ends it at the first input that is not taken as it should.</summary>
internal sealed class FuzzRun(FuzzPlan plan)
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(200);
    private readonly Progress progress = Progress.Open();

    /// <returns>0 where every input was read or refused with a HelmException, in its bounds.</returns>
    public int Run()
    {
        foreach (var target in plan.Targets)
        {
            var start = Stopwatch.GetTimestamp();
            var count = plan.CountOf(target);
            var next = new InputCounter(plan.From, count);
            var workers = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new FuzzWorker(plan, target, next, progress)).ToList();
            workers.ForEach(worker => worker.Start());
            while (!workers.TrueForAll(worker => worker.Join(WatchInterval)))
            {
                if (workers.Select(worker => worker.Failure ?? worker.Hang).OfType<FuzzFailure>().FirstOrDefault() is { } failure)
                {
                    return failure.Report();
                }
            }

            if (workers.Select(worker => worker.Failure).OfType<FuzzFailure>().FirstOrDefault() is { } last)
            {
                return last.Report();
            }

            var refused = workers.Sum(worker => worker.Refused);
            Console.WriteLine($"{target.Name,-10}{count,9} inputs, {count - refused} read, {refused} refused, {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s, "
                + $"longest {workers.Max(worker => worker.Longest).TotalMilliseconds:0} ms, most {workers.Max(worker => worker.MostBytes) / 1048576} MB, seed {plan.Seed}");
        }

        return 0;
    }
}
