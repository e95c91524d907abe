using NaaS.Contracts;
using NaaS.Tmf.Characteristics;
using NaaS.Tmf.Shared;

namespace NaaS.TmfRest.Ports;

/// <summary>A service that an order item asks for.</summary>
/// <param name="Ordered">The service as the item describes it.</param>
/// <param name="Accepted">Its characteristics, checked and completed with defaults.</param>
/// <param name="Cause">The order item.</param>
public sealed record ServiceReservation(ServiceRefOrValue Ordered, IReadOnlyList<AcceptedCharacteristic> Accepted, Cause Cause)
{
    /// <summary>Parties of the order, which the service takes over.</summary>
    public IReadOnlyList<RelatedParty> Parties { get; init; } = [];
}
