using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace NaaS.Messaging.Storage;

/// <summary>
/// Tells background work of this process that <typeparamref name="TDb"/> has committed, so that it need not poll.
/// Take <see cref="Next"/> before reading, read, then await it: no commit is missed.
/// </summary>
public sealed class CommitSignal<TDb>
    where TDb : DbContext
{
    private TaskCompletionSource next = New();

    /// <summary>Creates a signal that has not fired.</summary>
    public CommitSignal() => Interceptors = [new SavedInterceptor(this), new CommittedInterceptor(this)];

    /// <summary>Completes at the next commit.</summary>
    public Task Next => Volatile.Read(ref next).Task;

    internal IInterceptor[] Interceptors { get; }

    private void Fire() => Interlocked.Exchange(ref next, New()).SetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class SavedInterceptor(CommitSignal<TDb> signal) : SaveChangesInterceptor
    {
        public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
        {
            if (eventData.Context?.Database.CurrentTransaction is null)
            {
                signal.Fire();
            }

            return ValueTask.FromResult(result);
        }
    }

    private sealed class CommittedInterceptor(CommitSignal<TDb> signal) : DbTransactionInterceptor
    {
        public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            signal.Fire();
            return Task.CompletedTask;
        }
    }
}
