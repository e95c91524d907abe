using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using NaaS.Tmf.Events;
using NaaS.Tmf.Json;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Storage;

namespace NaaS.TmfRest.Events;

/// <summary>Turns the changes that are about to be saved into events, and events into deliveries for the listeners that want them.</summary>
public sealed class EventWriter(ResourceDefinitions resources, Addresses addresses, TimeProvider time)
{
    internal async Task WriteAsync(TmfDb db, CancellationToken cancellationToken)
    {
        var changes = db.ChangeTracker.Entries<ResourceRow>()
            .Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
            .ToList();
        var events = changes.SelectMany(entry => Of(db, entry)).Concat(db.Raised.Select(raised => Of(db, raised))).ToList();
        db.Raised.Clear();
        if (events.Count == 0)
        {
            return;
        }

        // Read once for a unit of work, which may save several times.
        var listeners = db.Listeners ??= await db.Subscriptions.AsNoTracking().ToListAsync(cancellationToken);
        foreach (var (row, envelope) in events)
        {
            db.Events.Add(row);
            db.Deliveries.AddRange(listeners
                .Where(listener => listener.Api == row.Api && EventFilter.Parse(listener.Query).Wants(envelope.Value))
                .Select(listener => new DeliveryRow { SubscriptionId = listener.Id, Event = row, Resource = row.Resource, DueAt = row.At }));
        }
    }

    private static JsonObject? Before(TmfDb db, EntityEntry<ResourceRow> entry) =>
        db.Told.TryGetValue(entry.Entity, out var told) ? told
        : entry.State == EntityState.Modified ? TmfDb.Parse(entry.Property(row => row.Document).OriginalValue)
        : null;

    private IEnumerable<WrittenEvent> Of(TmfDb db, EntityEntry<ResourceRow> entry)
    {
        var resource = resources.Find(entry.Entity.Type);
        if (resource is null || resource.Events == ResourceEvents.None)
        {
            yield break;
        }

        var names = resource.Events;
        var document = db.DocumentOf(entry.Entity);
        var before = Before(db, entry);
        switch (entry.State)
        {
            case EntityState.Added when before is null && names.Create is not null:
                yield return Write(resource, entry.Entity.Id, names.Create, document);
                break;
            case EntityState.Deleted when names.Delete is not null:
                yield return Write(resource, entry.Entity.Id, names.Delete, document);
                break;
            case EntityState.Added or EntityState.Modified when before is not null:
                var changed = Changed(before, document).Except(resource.Silent).ToList();
                if (names.StateChange is not null && changed.Remove("state"))
                {
                    yield return Write(resource, entry.Entity.Id, names.StateChange, document);
                }

                if (names.Change is not null && changed.Count > 0)
                {
                    var fieldPath = names.StateChange is null ? null : string.Join(",", changed);
                    yield return Write(resource, entry.Entity.Id, names.Change, document, fieldPath: fieldPath);
                }

                break;
            default:
                break;
        }
    }

    private WrittenEvent Of(TmfDb db, RaisedEvent raised)
    {
        var resource = resources.Find(raised.Resource)!;
        var row = db.Resources.Local.FindEntryUntyped([raised.Resource, raised.Id])!.Entity;
        return Write(resource, raised.Id, raised.EventType, db.DocumentOf(row), raised.Description, raised.FieldPath);
    }

    private WrittenEvent Write(
        ResourceDefinition resource, string id, string eventType, JsonObject stored, string? description = null, string? fieldPath = null)
    {
        var document = stored.DeepClone().AsObject();
        resource.ForEvents?.Invoke(document);
        resource.ForReaders?.Invoke(document);
        var now = time.GetUtcNow();
        var envelope = new TmfEvent
        {
            EventId = Guid.CreateVersion7(now).ToString(),
            EventTime = now,
            EventType = eventType,
            CorrelationId = Activity.Current?.TraceId.ToString(),
            Domain = resource.Api.Title,
            Title = eventType,
            Description = description,
            TimeOcurred = now,
            FieldPath = fieldPath,
            Event = new JsonObject { [resource.Name] = addresses.WithAddress(resource, id, document) },
        };
        if ((eventType == resource.Events.Create || eventType == resource.Events.StateChange) && stored["state"] is { } state)
        {
            Telemetry.States.Add(1, new KeyValuePair<string, object?>("resource", resource.Name), new KeyValuePair<string, object?>("state", state.ToString()));
        }

        var row = new EventRow
        {
            EventId = envelope.EventId,
            Api = resource.Api.Number,
            EventType = eventType,
            Resource = $"{resource.Name}/{id}",
            At = now,
            Body = JsonSerializer.Serialize(envelope, TmfJson.Options),
        };
        return new WrittenEvent(row, new(() => TmfDb.Parse(row.Body)));
    }

    private static IEnumerable<string> Changed(JsonObject before, JsonObject after) =>
        before.Select(field => field.Key).Union(after.Select(field => field.Key)).Where(name => !JsonNode.DeepEquals(before[name], after[name]));

    // The envelope is read only where somebody may want it.
    private sealed record WrittenEvent(EventRow Row, Lazy<JsonObject> Envelope);
}
