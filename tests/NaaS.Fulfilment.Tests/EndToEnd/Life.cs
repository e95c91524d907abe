using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace NaaS.Fulfilment.Tests.EndToEnd;

/// <summary>
/// The life of one worker process: it counts the worker's effects on hub and database, and where it is to die before one of them, neither that one nor
/// anything after it happens, as when the process is killed there.
/// </summary>
internal sealed class Life(int? last = null)
{
    private readonly TaskCompletionSource death = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int effects;

    /// <summary>Effects so far.</summary>
    public int Effects => effects;

    /// <summary>Completes when it dies.</summary>
    public Task Death => death.Task;

    /// <summary>The way of its requests to the hub.</summary>
    public DelegatingHandler ToHub() => new Road(this);

    /// <summary>The way of its saves and commands to the database.</summary>
    public IEnumerable<IInterceptor> ToDatabase() => [new Saves(this), new Commands(this)];

    private void Effect()
    {
        Live();
        if (Interlocked.Increment(ref effects) == last)
        {
            death.TrySetResult();
            Live();
        }
    }

    private void Live()
    {
        if (death.Task.IsCompleted)
        {
            throw new IOException("the process was killed");
        }
    }

    private sealed class Road(Life life) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            // The election's Lease is given back, so that the next worker need not wait for its end.
            if (request.RequestUri!.AbsolutePath.Contains("/leases", StringComparison.Ordinal))
            {
                return base.SendAsync(request, cancellationToken);
            }

            if (request.Method == HttpMethod.Get)
            {
                life.Live();
            }
            else
            {
                life.Effect();
            }

            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class Saves(Life life) : SaveChangesInterceptor
    {
        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            if (eventData.Context!.ChangeTracker.HasChanges())
            {
                life.Effect();
            }

            return ValueTask.FromResult(result);
        }
    }

    private sealed class Commands(Life life) : DbCommandInterceptor
    {
        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            life.Live();
            return ValueTask.FromResult(result);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            life.Live();
            return ValueTask.FromResult(result);
        }

        public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
        {
            life.Live();
            return ValueTask.FromResult(result);
        }
    }
}
