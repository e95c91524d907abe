namespace NaaS.Ordering.Orders;

/// <summary>A point on the way of an item.</summary>
internal sealed record Milestone(string Name, string Description)
{
    public static Milestone Designed { get; } = new("designed", "The chart is rendered and split into components.");

    public static Milestone Placed { get; } = new("placed", "Every component has a cluster.");

    public static Milestone Delivered { get; } = new("delivered", "The components are applied on their clusters.");

    public static Milestone Ready { get; } = new("ready", "Every workload is ready.");
}
