using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace NaaS.Messaging;

/// <summary>Spans and instruments of the messaging kit.</summary>
public static class Telemetry
{
    /// <summary>Name to subscribe to.</summary>
    public const string Name = "NaaS.Messaging";

    private static readonly Meter Meter = new(Name);

    internal static ActivitySource Source { get; } = new(Name);

    /// <summary>Seconds from writing a message to its confirmation by the broker.</summary>
    internal static Histogram<double> OutboxLag { get; } = Meter.CreateHistogram<double>("naas.outbox.lag", "s", "Time from writing a message to its confirmation by the broker");

    /// <summary>Times that the relay could not publish.</summary>
    internal static Counter<long> OutboxFailures { get; } = Meter.CreateCounter<long>("naas.outbox.failures", null, "Times that the relay could not publish");
}
