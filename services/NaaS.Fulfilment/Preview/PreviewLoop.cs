using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NaaS.Contracts;
using NaaS.Fulfilment.Storage;
using NaaS.Messaging.Outbox;
using NaaS.Messaging.Storage;

namespace NaaS.Fulfilment.Preview;

/// <summary>Answers previews: several at a time, each by one worker. What may pass (a repository that does not answer) is tried again for a while.</summary>
internal sealed partial class PreviewLoop(
    IDbContextFactory<FulfilmentDb> databases, CommitSignal<FulfilmentDb> commits, Previewer previewer, TimeProvider time, ILogger<PreviewLoop> logger)
    : BackgroundService
{
    private const int AtOnce = 4;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var commit = commits.NextOf(nameof(PreviewRecord));
            var answered = 0;
            try
            {
                answered = await AnswerAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogStoreFailed(exception);
            }

            if (answered == 0)
            {
                await commit.OrAfterAsync(Poll, time, stoppingToken);
            }
        }
    }

    private async Task<int> AnswerAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        List<PreviewRecord> waiting;
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            waiting = await db.Previews.AsNoTracking().Where(row => row.ClaimedUntil <= now).OrderBy(row => row.At).Take(AtOnce).ToListAsync(cancellationToken);
        }

        await Task.WhenAll(waiting.Select(row => AnswerAsync(row, now, cancellationToken)));
        return waiting.Count;
    }

    private async Task AnswerAsync(PreviewRecord row, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (!await ClaimAsync(db, row, now + Claim, cancellationToken))
        {
            return;
        }

        var request = Json.Read<PreviewService>(row.Request);
        ServicePlan plan;
        try
        {
            plan = await previewer.PlanAsync(db, request, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && time.GetUtcNow() < row.At + Patience)
        {
            LogFailed(exception, row.Id, Pause);
            await MoveAsync(db, row, time.GetUtcNow() + Pause, cancellationToken);
            return;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            plan = new(PlanOutcome.Refused) { Reason = exception.Message };
        }

        await db.InTransactionAsync(
            async token =>
            {
                if (await Of(db, row).ExecuteDeleteAsync(token) == 1)
                {
                    db.Enqueue(new ServicePreviewed(row.Id, row.ItemId, plan, time.GetUtcNow()));
                    await db.SaveChangesAsync(token);
                }
            },
            cancellationToken);
    }

    private static async Task<bool> ClaimAsync(FulfilmentDb db, PreviewRecord row, DateTimeOffset until, CancellationToken cancellationToken) =>
        await db.InTransactionAsync(
            token => Of(db, row).Where(one => one.ClaimedUntil == row.ClaimedUntil)
                .ExecuteUpdateAsync(set => set.SetProperty(one => one.ClaimedUntil, until), token),
            cancellationToken) == 1;

    private static Task<int> MoveAsync(FulfilmentDb db, PreviewRecord row, DateTimeOffset until, CancellationToken cancellationToken) =>
        db.InTransactionAsync(
            token => Of(db, row).ExecuteUpdateAsync(set => set.SetProperty(one => one.ClaimedUntil, until), token), cancellationToken);

    private static IQueryable<PreviewRecord> Of(FulfilmentDb db, PreviewRecord row) =>
        db.Previews.Where(one => one.Id == row.Id && one.ItemId == row.ItemId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Preview {Preview} failed; next try in {Pause}")]
    private partial void LogFailed(Exception exception, Guid preview, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Error, Message = "Previews could not be read")]
    private partial void LogStoreFailed(Exception exception);
}
