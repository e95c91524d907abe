using System.Diagnostics;

namespace NaaS.Messaging;

/// <summary>The activity source of the messaging kit.</summary>
public static class Telemetry
{
    /// <summary>Name to subscribe to.</summary>
    public const string Name = "NaaS.Messaging";

    internal static ActivitySource Source { get; } = new(Name);
}
