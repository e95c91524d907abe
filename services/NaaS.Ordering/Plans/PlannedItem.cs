using NaaS.Tmf.Ordering;
using NaaS.Tmf.Shared;

namespace NaaS.Ordering.Plans;

/// <summary>What an item will do.</summary>
internal sealed class PlannedItem
{
    /// <summary>Id of the item.</summary>
    public required string ItemId { get; init; }

    /// <summary>What is done to its service.</summary>
    public Work Work { get; init; }

    /// <summary>The service; null where the item names none.</summary>
    public string? ServiceId { get; set; }

    /// <summary>Whether the service shall run afterwards, or be kept without running; null leaves that as it is.</summary>
    public bool? Active { get; set; }

    /// <summary>Whether the work has begun.</summary>
    public bool Started { get; set; }

    /// <summary>Sequence of the command that asked the worker for it; null where the worker was not asked.</summary>
    public long? Sequence { get; set; }

    /// <summary>Sequence of the command that calls it back; null where none does.</summary>
    public long? Withdrawal { get; set; }

    /// <summary>The item's state before its cancellation was assessed; null where none is.</summary>
    public ServiceOrderItemStateType? StateBefore { get; set; }

    /// <summary>The wanted changes, until they are asked for.</summary>
    public List<Characteristic> Changes { get; set; } = [];
}

/// <summary>What is done to a service.</summary>
internal enum Work
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Made.</summary>
    Make,

    /// <summary>Recorded, to be made by a later order (item service state <c>designed</c> or <c>reserved</c>).</summary>
    Record,

    /// <summary>Changed.</summary>
    Change,

    /// <summary>Ended.</summary>
    End,
}
