using NaaS.OpenSlice.Client;

namespace NaaS.OpenSlice.Push;

/// <summary>Section <c>OpenSlice:Push</c>: whether changes are told to OpenSlice before it asks. Off where <c>BaseUrl</c> is not set.</summary>
public sealed class PushOptions : OpenSliceAccess
{
    /// <summary>How often changes are looked for.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Shortest time between two pushes of the same service; what changes meanwhile goes together.</summary>
    public TimeSpan PerService { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Most pushes in a second, of all services.</summary>
    public int PerSecond { get; set; } = 10;

    /// <summary>Shortest time between two searches of OpenSlice's inventory for services that mirror ours.</summary>
    public TimeSpan Lookup { get; set; } = TimeSpan.FromSeconds(30);
}
