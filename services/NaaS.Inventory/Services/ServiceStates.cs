using System.Collections.Frozen;
using NaaS.Tmf.Shared;
using static NaaS.Tmf.Shared.ServiceStateType;

namespace NaaS.Inventory.Services;

/// <summary>The life of a service (TMF638, as MEF 99 has it; what was never active may end too, since a cancelled order must free it).</summary>
internal static class ServiceStates
{
    private static readonly FrozenDictionary<ServiceStateType, ServiceStateType[]> Transitions = new Dictionary<ServiceStateType, ServiceStateType[]>
    {
        [FeasibilityChecked] = [Designed, Reserved, Inactive, Active, Terminated],
        [Designed] = [Reserved, Inactive, Active, Terminated],
        [Reserved] = [Designed, Inactive, Active, Terminated],
        [Inactive] = [Active, Terminated],
        [Active] = [Inactive, Terminated],
        [Terminated] = [],
    }.ToFrozenDictionary();

    /// <summary>Whether the table has this step; to stay is always allowed.</summary>
    public static bool CanMove(ServiceStateType from, ServiceStateType to) => from == to || Transitions[from].Contains(to);
}
