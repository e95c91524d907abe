using NaaS.Contracts;

namespace NaaS.TmfRest.Ports;

/// <summary>What would be wanted of a service after a change.</summary>
/// <param name="Answer">What stands against the change.</param>
/// <param name="Name">Name as ordered.</param>
/// <param name="Wanted">All characteristics, as the worker gets them.</param>
/// <param name="Secrets">Names of those whose values must not be shown.</param>
public sealed record WishedService(
    ChangeAnswer Answer, string Name, IReadOnlyList<ServiceCharacteristic> Wanted, IReadOnlyList<string> Secrets);
