using NaaS.Tmf.Shared;

namespace NaaS.Ordering.Plans;

/// <summary>
/// What is left to do of an order, beside what everybody may read of it: which items have started, and the wanted changes with their secrets in
/// plain. Stored under the order's id and served by no route.
/// </summary>
internal sealed class OrderPlan : TmfResource
{
    /// <summary>Whether it came through OpenSlice's path: refusals are states and notes there.</summary>
    public bool Lenient { get; set; }

    /// <summary>SHA-256 of the order as sent, to recognise a repeated one.</summary>
    public string? Digest { get; set; }

    /// <summary>Subject of the token that the order came with.</summary>
    public string? OrderedBy { get; set; }

    /// <summary>Whether its requestedCompletionDate had passed when it came in, so that it ends no service.</summary>
    public bool EndHadPassed { get; set; }

    /// <summary>The cancelServiceOrder that is under way; null where none is.</summary>
    public string? Cancellation { get; set; }

    /// <summary>Orders that wait for this one.</summary>
    public List<string> Dependents { get; set; } = [];

    /// <summary>The items, nested ones included.</summary>
    public List<PlannedItem> Items { get; set; } = [];

    /// <summary>The plan of an item; null for one that was refused.</summary>
    public PlannedItem? Of(string? itemId) => Items.Find(item => item.ItemId == itemId);
}
