using System.Diagnostics;
using NaaS.Helm;

namespace NaaS.Benchmarks.Fuzz;

/// <summary>Feeds inputs to one target on a thread with the stack that the target has in the product.</summary>
internal sealed class FuzzWorker
{
    private readonly FuzzPlan plan;
    private readonly FuzzTarget target;
    private readonly InputCounter next;
    private readonly Progress progress;
    private readonly Thread thread;
    private volatile int number = -1;
    private long started;

    public FuzzWorker(FuzzPlan plan, FuzzTarget target, InputCounter next, Progress progress)
    {
        this.plan = plan;
        this.target = target;
        this.next = next;
        this.progress = progress;
        thread = new Thread(Work, target.StackBytes) { IsBackground = true };
    }

    public int Refused { get; private set; }

    public TimeSpan Longest { get; private set; }

    public long MostBytes { get; private set; }

    public FuzzFailure? Failure { get; private set; }

    /// <summary>The input that has taken too long and still does.</summary>
    public FuzzFailure? Hang => number >= 0 && Stopwatch.GetElapsedTime(Interlocked.Read(ref started)) > FuzzPlan.MostTime
        ? new FuzzFailure(plan, target, number, $"no answer within {FuzzPlan.MostTime}")
        : null;

    public void Start() => thread.Start();

    public bool Join(TimeSpan wait) => thread.Join(wait);

    private void Work()
    {
        while (Failure is null && next.TryNext(out var input))
        {
            Feed(input, target.Input(plan.Seed, input));
        }

        number = -1;
    }

    private void Feed(int input, byte[] bytes)
    {
        Interlocked.Exchange(ref started, Stopwatch.GetTimestamp());
        number = input;
        progress.Write(target, input);
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            target.Feed(bytes);
        }
        catch (HelmException)
        {
            Refused++;
        }
        catch (Exception e)
        {
            Failure = new FuzzFailure(plan, target, input, e.ToString());
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        MostBytes = Math.Max(MostBytes, allocated);
        var time = Stopwatch.GetElapsedTime(started);
        Longest = time > Longest ? time : Longest;
        if (allocated > FuzzPlan.MostBytes)
        {
            Failure = new FuzzFailure(plan, target, input, $"{allocated} bytes allocated");
        }
    }
}
