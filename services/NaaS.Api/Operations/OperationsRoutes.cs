using Microsoft.EntityFrameworkCore;
using NaaS.Inventory.Operations;
using NaaS.Messaging.DeadLetters;
using NaaS.Ordering.Operations;
using NaaS.Tmf.Json;
using NaaS.TmfRest.Errors;
using NaaS.TmfRest.Security;
using NaaS.TmfRest.Storage;

namespace NaaS.Api.Operations;

/// <summary>
/// The operator's hands, under <c>/operator/v1</c>: what could not be handled or delivered is listed, looked at and put back, and what became of an
/// order is exported. Values of characteristics appear nowhere.
/// </summary>
internal static class OperationsRoutes
{
    private const int Shown = 500;
    private static readonly TimeSpan UsuallyStuckAfter = TimeSpan.FromMinutes(15);

    public static IServiceCollection AddOperations(this IServiceCollection services) => services.AddSingleton<DeadLetterQueues>();

    public static WebApplication MapOperations(this WebApplication app)
    {
        var group = app.MapGroup("/operator/v1").RequireAuthorization(Policies.Operate).ExcludeFromDescription();
        group.MapGet("/deadLetter", ListDeadLettersAsync);
        group.MapGet("/deadLetter/{id}", GetDeadLetterAsync);
        group.MapPost("/deadLetter/requeue", RequeueAllAsync);
        group.MapPost("/deadLetter/{id}/requeue", RequeueAsync);
        group.MapGet("/notification", ListNotificationsAsync);
        group.MapGet("/notification/{position:long}", GetNotificationAsync);
        group.MapPost("/notification/{position:long}/requeue", SendNotificationAsync);
        group.MapGet("/stuckService", ListStuckAsync);
        group.MapGet("/stuckService/{id}", GetStuckAsync);
        group.MapPost("/stuckService/{id}/requeue", SendAgainAsync);
        group.MapPost("/resync", ResyncAsync);
        group.MapGet("/audit/{orderId}", AuditAsync);
        return app;
    }

    private static async Task<IResult> ListDeadLettersAsync(DeadLetterQueues queues, CancellationToken cancellationToken) =>
        Json((await Available(queues).ListAsync(cancellationToken)).Select(letter => letter with { Message = null }));

    private static async Task<IResult> GetDeadLetterAsync(string id, DeadLetterQueues queues, CancellationToken cancellationToken) =>
        Json((await Available(queues).ListAsync(cancellationToken)).FirstOrDefault(letter => letter.Id == id) ?? throw new ResourceNotFoundException("deadLetter", id));

    private static async Task<IResult> RequeueAsync(string id, DeadLetterQueues queues, CancellationToken cancellationToken) =>
        await Available(queues).RequeueAsync(letter => letter.Id == id, cancellationToken) is > 0 and var count
            ? Json(new { requeued = count })
            : throw new ResourceNotFoundException("deadLetter", id);

    private static async Task<IResult> RequeueAllAsync(string? queue, DeadLetterQueues queues, CancellationToken cancellationToken) =>
        Json(new { requeued = await Available(queues).RequeueAsync(letter => queue is null || letter.Queue == queue, cancellationToken) });

    private static async Task<IResult> ListNotificationsAsync(TmfDb db, CancellationToken cancellationToken) =>
        Json((await Undelivered(db).OrderBy(row => row.Position).Take(Shown).ToListAsync(cancellationToken)).Select(Describe));

    private static async Task<IResult> GetNotificationAsync(long position, TmfDb db, CancellationToken cancellationToken) =>
        Json(Describe(await Undelivered(db).FirstOrDefaultAsync(row => row.Position == position, cancellationToken) ?? throw new ResourceNotFoundException("notification", $"{position}")));

    /// <summary>Sends a notification that waits, or was given up, now; those of the same resource that follow it wait for it as before.</summary>
    private static async Task<IResult> SendNotificationAsync(long position, TmfDb db, TimeProvider time, CancellationToken cancellationToken)
    {
        var row = await db.Deliveries.Include(row => row.Event).FirstOrDefaultAsync(row => row.Position == position && row.State != DeliveryState.Delivered, cancellationToken)
            ?? throw new ResourceNotFoundException("notification", $"{position}");
        row.State = DeliveryState.Waiting;
        row.DueAt = time.GetUtcNow();
        await db.SaveChangesAsync(cancellationToken);
        return Json(Describe(row), StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> ListStuckAsync(TimeSpan? silent, InventoryOperations inventory, CancellationToken cancellationToken) =>
        Json(await inventory.StuckAsync(silent ?? UsuallyStuckAfter, cancellationToken));

    private static async Task<IResult> GetStuckAsync(string id, InventoryOperations inventory, CancellationToken cancellationToken) =>
        Json((await inventory.StuckAsync(TimeSpan.Zero, cancellationToken)).FirstOrDefault(service => service.Id == id) ?? throw new ResourceNotFoundException("stuckService", id));

    private static async Task<IResult> SendAgainAsync(string id, InventoryOperations inventory, CancellationToken cancellationToken)
    {
        await inventory.SendAgainAsync(id, cancellationToken);
        return Json(new { requeued = 1 }, StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> ResyncAsync(InventoryOperations inventory, CancellationToken cancellationToken) =>
        Json(new { requeued = await inventory.SendAllAgainAsync(cancellationToken) }, StatusCodes.Status202Accepted);

    private static async Task<IResult> AuditAsync(string orderId, OrderingOperations ordering, InventoryOperations inventory, CancellationToken cancellationToken)
    {
        var order = await ordering.GetAsync(orderId, cancellationToken);
        var revisions = new List<AuditedRevision>();
        foreach (var service in order.Items.Select(item => item.ServiceId).OfType<string>().Distinct())
        {
            revisions.AddRange(await inventory.RevisionsAsync(service, orderId, cancellationToken));
        }

        return Json(new { order, revisions });
    }

    private static DeadLetterQueues Available(DeadLetterQueues queues) =>
        queues.IsAvailable ? queues : throw new ResourceConflictException("There is no broker: messages stay in the process, and the outbox keeps those that were not handled");

    private static IQueryable<DeliveryRow> Undelivered(TmfDb db) => db.Deliveries.AsNoTracking().Include(row => row.Event).Where(row => row.State != DeliveryState.Delivered);

    private static object Describe(DeliveryRow row) => new
    {
        Id = row.Position,
        Listener = row.SubscriptionId,
        row.Event!.EventId,
        row.Event.EventType,
        row.Resource,
        EventTime = row.Event.At,
        State = $"{row.State}",
        row.Attempts,
        NextAttempt = row.State == DeliveryState.Waiting ? row.DueAt : (DateTimeOffset?)null,
        row.LastError,
    };

    private static IResult Json<T>(T value, int status = StatusCodes.Status200OK) => Results.Json(value, TmfJson.Options, statusCode: status);
}
