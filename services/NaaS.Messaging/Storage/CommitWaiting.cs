namespace NaaS.Messaging.Storage;

/// <summary>Waiting for a commit, but not for ever.</summary>
public static class CommitWaiting
{
    /// <summary>Completes when <paramref name="commit"/> does or after <paramref name="atMost"/>, whichever is first: another process may have written.</summary>
    public static async Task OrAfterAsync(this Task commit, TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(commit, Task.Delay(atMost, time, stop.Token));
        await stop.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }
}
