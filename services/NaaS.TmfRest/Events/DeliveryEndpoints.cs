using Microsoft.EntityFrameworkCore;
using NaaS.Messaging.Storage;
using NaaS.Tmf.Json;
using NaaS.TmfRest.Errors;
using NaaS.TmfRest.Routes;
using NaaS.TmfRest.Storage;

namespace NaaS.TmfRest.Events;

/// <summary>
/// Our extension of the hub for operators: how the notifications of a listener stand, newest first, and sending them again from an event on.
/// </summary>
internal static class DeliveryEndpoints
{
    private const int Shown = 500;

    public static void MapDeliveries(RouteGroupBuilder hub, string policy)
    {
        hub.MapGet("/{id}/delivery", ListAsync).RequireAuthorization(policy).ExcludeFromDescription();
        hub.MapPost("/{id}/replay", ReplayAsync).RequireAuthorization(policy).ExcludeFromDescription();
    }

    private static async Task<IResult> ListAsync(string id, string? state, TmfDb db, CancellationToken cancellationToken)
    {
        await RequireAsync(db, id, cancellationToken);
        DeliveryState? wanted = state is null ? null
            : Enum.TryParse<DeliveryState>(state, ignoreCase: true, out var named) && Enum.IsDefined(named) ? named
            : throw new InvalidQueryException($"state is one of {string.Join(", ", Enum.GetNames<DeliveryState>())}");
        var rows = await db.Deliveries.AsNoTracking().Include(row => row.Event)
            .Where(row => row.SubscriptionId == id && (wanted == null || row.State == wanted))
            .OrderByDescending(row => row.Position).Take(Shown).ToListAsync(cancellationToken);
        return Results.Json(
            rows.Select(row => new
            {
                row.Event!.EventId,
                row.Event.EventType,
                row.Resource,
                EventTime = row.Event.At,
                row.State,
                row.Attempts,
                NextAttempt = row.State == DeliveryState.Waiting ? row.DueAt : (DateTimeOffset?)null,
                row.LastError,
            }),
            TmfJson.Options);
    }

    /// <summary>Sends again what the listener wants of all events from the given one on, whether it was delivered or not.</summary>
    private static async Task<IResult> ReplayAsync(string id, HttpContext context, TmfDb db, TimeProvider time, CancellationToken cancellationToken)
    {
        var listener = await RequireAsync(db, id, cancellationToken);
        var from = (await RequestBody.ReadObjectAsync(context.Request))["eventId"]?.ToString() ?? throw new MissingBodyFieldException("eventId is missing");
        var first = await db.Events.AsNoTracking().FirstOrDefaultAsync(row => row.EventId == from && row.Api == listener.Api, cancellationToken)
            ?? throw new ResourceNotFoundException("event", from);
        var filter = EventFilter.Parse(listener.Query);
        var again = await db.InTransactionAsync(
            async token =>
            {
                var events = await db.Events.AsNoTracking().Where(row => row.Api == listener.Api && row.Position >= first.Position).OrderBy(row => row.Position).ToListAsync(token);
                var wanted = events.Where(row => filter.Wants(System.Text.Json.Nodes.JsonNode.Parse(row.Body)!.AsObject())).ToList();
                db.Deliveries.AddRange(wanted.Select(row => new DeliveryRow
                {
                    SubscriptionId = id,
                    EventPosition = row.Position,
                    Resource = row.Resource,
                    DueAt = time.GetUtcNow(),
                }));
                await db.SaveChangesAsync(token);
                return wanted.Count;
            },
            cancellationToken);
        return Results.Json(new { events = again }, TmfJson.Options, statusCode: StatusCodes.Status202Accepted);
    }

    private static async Task<SubscriptionRow> RequireAsync(TmfDb db, string id, CancellationToken cancellationToken) =>
        await db.Subscriptions.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) ?? throw new ResourceNotFoundException("hub", id);
}
