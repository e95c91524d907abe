using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace NaaS.Messaging.Storage;

/// <summary>
/// Tells background work of this process that <typeparamref name="TDb"/> has committed, so that it need not poll.
/// Take <see cref="Next"/> (or <see cref="NextOf"/>) before reading, read, then await it: no commit is missed.
/// </summary>
public sealed class CommitSignal<TDb>
    where TDb : DbContext
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> topics = new(StringComparer.Ordinal);
    private readonly ConditionalWeakTable<DbContext, HashSet<string>> written = [];
    private TaskCompletionSource next = New();

    /// <summary>Creates a signal that has not fired.</summary>
    public CommitSignal() => Interceptors = [new SavedInterceptor(this), new TransactionInterceptor(this)];

    /// <summary>Completes at the next commit.</summary>
    public Task Next => Volatile.Read(ref next).Task;

    internal IInterceptor[] Interceptors { get; }

    /// <summary>
    /// Completes at the next commit that wrote a row of one of these topics: the name of its class, or what <see cref="ICommitTopic"/> says. Rows
    /// that are changed by a statement of their own (ExecuteUpdate) are not noticed.
    /// </summary>
    public Task NextOf(params IEnumerable<string> wanted) => Task.WhenAny(wanted.Select(topic => topics.GetOrAdd(topic, _ => New()).Task));

    private void Note(DbContext? context)
    {
        if (context is not null)
        {
            var set = written.GetOrCreateValue(context);
            set.UnionWith(context.ChangeTracker.Entries().Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
                .Select(entry => (entry.Entity as ICommitTopic)?.Topic ?? entry.Entity.GetType().Name));
        }
    }

    private void Forget(DbContext? context)
    {
        if (context is not null)
        {
            written.Remove(context);
        }
    }

    private void Fire(DbContext? context)
    {
        Interlocked.Exchange(ref next, New()).SetResult();
        if (context is null || !written.TryGetValue(context, out var set))
        {
            return;
        }

        written.Remove(context);
        foreach (var topic in set)
        {
            if (topics.TryRemove(topic, out var waiting))
            {
                waiting.SetResult();
            }
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class SavedInterceptor(CommitSignal<TDb> signal) : SaveChangesInterceptor
    {
        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            signal.Note(eventData.Context);
            return ValueTask.FromResult(result);
        }

        public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
        {
            if (eventData.Context?.Database.CurrentTransaction is null)
            {
                signal.Fire(eventData.Context);
            }

            return ValueTask.FromResult(result);
        }
    }

    private sealed class TransactionInterceptor(CommitSignal<TDb> signal) : DbTransactionInterceptor
    {
        public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            signal.Fire(eventData.Context);
            return Task.CompletedTask;
        }

        public override Task TransactionRolledBackAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            signal.Forget(eventData.Context);
            return Task.CompletedTask;
        }
    }
}
