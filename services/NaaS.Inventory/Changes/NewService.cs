using NaaS.Contracts;
using NaaS.Inventory.Services;
using NaaS.Tmf.Inventory;
using NaaS.Tmf.Json;
using NaaS.Tmf.Shared;
using NaaS.TmfRest.Ports;

namespace NaaS.Inventory.Changes;

/// <summary>A service as it begins.</summary>
internal static class NewService
{
    /// <summary>Takes over what the order item says of it.</summary>
    public static Service Of(ServiceReservation reservation, DateTimeOffset now, string? id = null)
    {
        var ordered = reservation.Ordered;
        return new Service
        {
            // Random ids, since others may read them and OpenSlice keys on them for good.
            Id = id ?? Guid.NewGuid().ToString(),
            Type = ordered.Type ?? "Service",
            Name = ordered.Name ?? ordered.ServiceSpecification?.Name ?? "service",
            Description = ordered.Description,
            Category = ordered.Category ?? ServiceKinds.CustomerFacing,
            ServiceType = ordered.ServiceType,
            ServiceDate = TmfDate.Format(now),
            ServiceSpecification = ordered.ServiceSpecification,
            State = ServiceStateType.Reserved,
            HasStarted = false,
            IsServiceEnabled = false,
            IsBundle = ordered.IsBundle,
            StartMode = ordered.StartMode,
            Feature = ordered.Feature,
            Place = ordered.Place,
            Note = ordered.Note,
            RelatedEntity = ordered.RelatedEntity,
            RelatedParty = [.. (ordered.RelatedParty ?? []).Concat(reservation.Parties).DistinctBy(party => (party.Id, party.Role))],
            ServiceRelationship = ordered.ServiceRelationship,
            ServiceOrderItem = [OrderItem(reservation.Cause, OrderItemActionType.Add)],
            Extensions = ordered.Extensions,
        };
    }

    /// <summary>The link from a service to an order item that touched it.</summary>
    public static RelatedServiceOrderItem OrderItem(Cause cause, OrderItemActionType action) => new()
    {
        Id = cause.Id,
        ServiceOrderId = cause.Id,
        ItemId = cause.ItemId,
        ItemAction = action,
        Role = action switch
        {
            OrderItemActionType.Add => "created",
            OrderItemActionType.Delete => "ended",
            _ => "changed",
        },
        ReferredType = "ServiceOrder",
    };
}
