using NaaS.Fulfilment.Place;
using NaaS.Fulfilment.Translate;
using NaaS.Helm.Sources;

namespace NaaS.Fulfilment;

/// <summary>Section <c>Fulfilment</c> of the configuration.</summary>
public sealed class FulfilmentOptions
{
    /// <summary>Services worked on at the same time by one worker.</summary>
    public int Concurrency { get; set; } = 8;

    /// <summary>How long after a worker's last sign of life another one takes over a service that it worked on.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a worker looks for work that another process left.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long taking old things away, or putting the last good revision back, may take before that is concluded without waiting for it.</summary>
    public TimeSpan SettleTime { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a cluster on which a component did not become ready is avoided for it, as long as another one suits.</summary>
    public TimeSpan Avoidance { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long something of a good revision may be unready before that is reported.</summary>
    public TimeSpan UnreadyTolerance { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How characteristics are read.</summary>
    public TranslateOptions Translate { get; set; } = new();

    /// <summary>From where charts may come. Without allowed locations every public one is allowed; the default is not given here, since configuration adds to it.</summary>
    public ChartSourceOptions Charts { get; set; } = new() { AllowedLocations = [] };

    /// <summary>What releases may contain.</summary>
    public GuardOptions Guard { get; set; } = new();
}
