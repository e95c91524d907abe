using NaaS.Fulfilment.Place;
using NaaS.Fulfilment.Render;
using NaaS.Fulfilment.Translate;
using NaaS.Helm.Command;
using NaaS.Helm.Releases;
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

    /// <summary>How long a group stays on a cluster that has become unreachable or unavailable before OCM chooses another one.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Watches that each cluster's work agent has for feedback (<c>--max-feedback-watch</c>), one for each kind in a namespace. They go to what is being
    /// changed; what goes beyond is polled, and seen some 10 seconds later.
    /// </summary>
    public int WatchesPerCluster { get; set; } = 50;

    /// <summary>Whether each cluster carries Helm's own release Secret for what runs there, so that <c>helm list</c> and its like work on it.</summary>
    public bool HelmReleases { get; set; } = true;

    /// <summary>How often a chart repository is asked for newer versions of an automatic service, give or take a quarter.</summary>
    public TimeSpan VersionInterval { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long revisions, with what they rendered, are kept after they were concluded.</summary>
    public TimeSpan RevisionRetention { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How many of the last revisions of a service that runs are kept whatever their age, so that an operator can roll back to them.</summary>
    public int KeptRevisions { get; set; } = 10;

    /// <summary>How characteristics are read.</summary>
    public TranslateOptions Translate { get; set; } = new();

    /// <summary>From where charts may come. Without allowed locations every public one is allowed; the default is not given here, since configuration adds to it.</summary>
    public ChartSourceOptions Charts { get; set; } = new() { AllowedLocations = [] };

    /// <summary>What renders charts.</summary>
    public RendererKind Renderer { get; set; } = RendererKind.BuiltIn;

    /// <summary>How the <c>helm</c> command is called, where it is what renders.</summary>
    public HelmCommandOptions HelmCommand { get; set; } = new();

    /// <summary>Bounds on one rendering.</summary>
    public RenderLimits RenderLimits { get; set; } = new();

    /// <summary>Kubernetes version that charts are told: the lowest of the clusters in use.</summary>
    public string KubeVersion { get; set; } = Capabilities.Default.KubeVersion;

    /// <summary>APIs beyond the built-in ones that charts are told, such as <c>monitoring.coreos.com/v1</c>.</summary>
    public IList<string> ApiVersions { get; init; } = [];

    /// <summary>What releases may contain.</summary>
    public GuardOptions Guard { get; set; } = new();
}
