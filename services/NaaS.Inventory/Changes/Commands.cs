using NaaS.Contracts;
using NaaS.Inventory.Wishes;

namespace NaaS.Inventory.Changes;

/// <summary>What the worker is told.</summary>
internal static class Commands
{
    /// <summary>The last command of a service. Sent again it makes the worker look again, and changes nothing else.</summary>
    public static object Of(ServiceWish wish) => wish.Ending
        ? new TerminateService(Guid.Parse(wish.Id!), wish.Sequence, wish.LastCause!)
        : wish.Withdraws is { } withdrawn ? new WithdrawChange(Guid.Parse(wish.Id!), wish.Sequence, withdrawn, wish.LastCause!)
        : new ChangeService(Guid.Parse(wish.Id!), wish.Sequence, wish.ServiceName, [.. wish.Wanted.Select(one => one.ForWorker())], wish.LastCause!) { Inactive = wish.Inactive };
}
