using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace NaaS.Fulfilment;

/// <summary>Spans and instruments of the worker.</summary>
internal static class Telemetry
{
    private const string Name = "NaaS.Fulfilment";
    private static readonly Meter Meter = new(Name);

    public static ActivitySource Source { get; } = new(Name);

    /// <summary>Seconds that a step took, by step.</summary>
    public static Histogram<double> StepDuration { get; } = Meter.CreateHistogram<double>("naas.fulfilment.step.duration", "s", "Time that a step of the reconciler took");

    /// <summary>Concluded revisions, by outcome.</summary>
    public static Counter<long> Revisions { get; } = Meter.CreateCounter<long>("naas.fulfilment.revisions", null, "Revisions concluded");

    /// <summary>Works written to the hub, by cluster.</summary>
    public static Counter<long> Deliveries { get; } = Meter.CreateCounter<long>("naas.fulfilment.deliveries", null, "ManifestWorks written to the hub");

    /// <summary>Steps that failed and are tried again.</summary>
    public static Counter<long> Failures { get; } = Meter.CreateCounter<long>("naas.fulfilment.failures", null, "Steps that failed and are tried again");
}
