namespace NaaS.Standalone.Demo;

/// <summary>Things that happened, with their times, to be waited for.</summary>
internal sealed class Journal<T>
{
    private readonly Lock gate = new();
    private readonly List<(T What, DateTimeOffset At)> entries = [];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<(T What, DateTimeOffset At)> All
    {
        get
        {
            lock (gate)
            {
                return [.. entries];
            }
        }
    }

    public void Add(T what)
    {
        lock (gate)
        {
            entries.Add((what, DateTimeOffset.UtcNow));
            changed.SetResult();
            changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Time of the first entry that fits, which may be still to come.</summary>
    public async Task<DateTimeOffset> FirstAsync(Func<T, bool> fits, CancellationToken cancellationToken)
    {
        for (var seen = 0; ;)
        {
            Task next;
            lock (gate)
            {
                for (; seen < entries.Count; seen++)
                {
                    if (fits(entries[seen].What))
                    {
                        return entries[seen].At;
                    }
                }

                next = changed.Task;
            }

            await next.WaitAsync(cancellationToken);
        }
    }
}
