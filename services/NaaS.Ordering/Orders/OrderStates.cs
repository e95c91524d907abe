using System.Collections.Frozen;
using NaaS.Tmf.Ordering;
using static NaaS.Tmf.Ordering.ServiceOrderStateType;

namespace NaaS.Ordering.Orders;

/// <summary>The life of an order and of each of its items (TMF641 4.1, the state diagrams as MEF 99 has them).</summary>
internal static class OrderStates
{
    private static readonly FrozenDictionary<ServiceOrderStateType, ServiceOrderStateType[]> Transitions =
        new Dictionary<ServiceOrderStateType, ServiceOrderStateType[]>
        {
            [Acknowledged] = [InProgress, Rejected, Pending, Cancelled, AssessingCancellation],
            [Pending] = [InProgress, Cancelled, AssessingCancellation],
            [Held] = [InProgress, Cancelled, AssessingCancellation],
            [InProgress] = [Pending, Held, Completed, Failed, Partial, AssessingCancellation],
            [AssessingCancellation] = [Acknowledged, Pending, Held, InProgress, PendingCancellation],
            [PendingCancellation] = [Cancelled, Failed],
            [Rejected] = [],
            // An item only, while its order is open: what was done is undone.
            [Completed] = [PendingCancellation],
            [Failed] = [],
            [Partial] = [],
            [Cancelled] = [],
        }.ToFrozenDictionary();

    /// <summary>Whether nothing follows by itself.</summary>
    public static bool IsFinal(this ServiceOrderStateType state) => state is Rejected or Completed or Failed or Partial or Cancelled;

    /// <inheritdoc cref="IsFinal(ServiceOrderStateType)"/>
    public static bool IsFinal(this ServiceOrderItemStateType state) => state.AsOrder().IsFinal();

    /// <summary>Whether the table has this step.</summary>
    public static bool CanMove(ServiceOrderStateType from, ServiceOrderStateType to) => Transitions[from].Contains(to);

    /// <summary>
    /// The steps from one state to another: none where they are the same, one where the table has it, else two by way of a state of passage (a
    /// report may have been overtaken by a later one, a cancellation may have nothing to undo).
    /// </summary>
    /// <exception cref="InvalidOperationException">The table has no such way.</exception>
    public static IReadOnlyList<ServiceOrderStateType> Steps(ServiceOrderStateType from, ServiceOrderStateType to)
    {
        if (from == to)
        {
            return [];
        }

        if (CanMove(from, to))
        {
            return [to];
        }

        foreach (var passage in (ReadOnlySpan<ServiceOrderStateType>)[InProgress, PendingCancellation])
        {
            if (!from.IsFinal() && CanMove(from, passage) && CanMove(passage, to))
            {
                return [passage, to];
            }
        }

        throw new InvalidOperationException($"An order or item that is {from} cannot become {to}.");
    }

    /// <summary>The item's state as an order's: the names are the same.</summary>
    public static ServiceOrderStateType AsOrder(this ServiceOrderItemStateType state) => Enum.Parse<ServiceOrderStateType>(state.ToString());

    /// <summary>The order's state as an item's.</summary>
    public static ServiceOrderItemStateType AsItem(this ServiceOrderStateType state) => Enum.Parse<ServiceOrderItemStateType>(state.ToString());
}
