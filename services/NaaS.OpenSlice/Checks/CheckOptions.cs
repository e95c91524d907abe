namespace NaaS.OpenSlice.Checks;

/// <summary>What a run of the checks may do.</summary>
public sealed record CheckOptions
{
    /// <summary>Specification to order; null leaves out all checks that need an order.</summary>
    public string? Specification { get; init; }

    /// <summary>Characteristics of the orders.</summary>
    public IReadOnlyDictionary<string, string> Characteristics { get; init; } = new Dictionary<string, string>();

    /// <summary>Characteristic to change on the running service, and its new value; null changes none.</summary>
    public KeyValuePair<string, string>? Change { get; init; }

    /// <summary>Pause between two polls. OpenSlice's own is a minute for orders and 30 seconds for services.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a change may take to show: OpenSlice reads services each 30 seconds.</summary>
    public TimeSpan Sync { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>When the service ends that ends by its date: late enough that it is running by then, soon enough to wait for.</summary>
    public TimeSpan EndsAfter { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long an order may take to complete, and a service to end.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(10);
}
