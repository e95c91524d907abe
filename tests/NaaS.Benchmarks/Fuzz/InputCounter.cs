namespace NaaS.Benchmarks.Fuzz;

/// <summary>Hands out the numbers of inputs to the workers.</summary>
internal sealed class InputCounter(int from, int count)
{
    private int taken;

    public bool TryNext(out int number)
    {
        var index = Interlocked.Increment(ref taken) - 1;
        number = from + index;
        return index < count;
    }
}
