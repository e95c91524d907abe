namespace NaaS.Fulfilment.Translate;

/// <summary>How characteristics are read.</summary>
public sealed record TranslateOptions
{
    /// <summary>Names of the characteristics.</summary>
    public CharacteristicNames Names { get; init; } = new();

    /// <summary>Where bare chart names are looked up when an order does not say; null makes the order say it.</summary>
    public string? Repository { get; init; }

    /// <summary>How long a revision may take to become good when an order does not say.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(600);

    /// <summary>The longest deadline that an order may ask for.</summary>
    public TimeSpan LongestDeadline { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Bounds on values and placement documents.</summary>
    public YamlLimits Yaml { get; init; } = new();
}
