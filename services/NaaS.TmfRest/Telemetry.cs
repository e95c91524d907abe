using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace NaaS.TmfRest;

/// <summary>Spans and instruments of the front.</summary>
internal static class Telemetry
{
    private const string Name = "NaaS.TmfRest";
    private static readonly Meter Meter = new(Name);

    public static ActivitySource Source { get; } = new(Name);

    /// <summary>Resources that came into a state: orders, services.</summary>
    public static Counter<long> States { get; } = Meter.CreateCounter<long>("naas.resource.states", null, "Resources that came into a state");

    /// <summary>Tries to deliver a notification, by outcome.</summary>
    public static Counter<long> Notifications { get; } = Meter.CreateCounter<long>("naas.notification.tries", null, "Tries to deliver a notification");

    /// <summary>Seconds from an event to its delivery.</summary>
    public static Histogram<double> NotificationLag { get; } = Meter.CreateHistogram<double>("naas.notification.lag", "s", "Time from an event to its delivery");
}
