using NaaS.Sandbox.Store;

namespace NaaS.Sandbox;

/// <summary>An embedded Open Cluster Management hub with simulated clusters.</summary>
public sealed class Sandbox
{
    private readonly World _world;

    internal Sandbox(SandboxOptions options)
    {
        var hub = new ApiServer("hub", new ObjectStore("hub", [.. Kinds.Everywhere, .. Kinds.OnHub], options.TimeProvider, options.WatchHistory));
        _world = new World(options, hub);
    }

    internal World World => _world;
}
