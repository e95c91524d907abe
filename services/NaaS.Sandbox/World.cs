using System.Collections.Concurrent;
using NaaS.Sandbox.Controllers;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox;

/// <summary>One API server of the sandbox: the hub, or a managed cluster.</summary>
/// <param name="name"><c>hub</c>, or the cluster's name.</param>
/// <param name="store">Its objects.</param>
internal sealed class ApiServer(string name, ObjectStore store)
{
    public string Name { get; } = name;

    public ObjectStore Store { get; } = store;
}

/// <summary>All that controllers see: the servers, the clock and the options.</summary>
internal sealed class World(SandboxOptions options, ApiServer hub)
{
    private readonly Lazy<Simulation> _simulation = new(() => new Simulation(options, hub.Store));

    /// <summary>The hub.</summary>
    public ApiServer Hub { get; } = hub;

    /// <summary>The managed clusters by name; grows when one is added at run time.</summary>
    public ConcurrentDictionary<string, ApiServer> Clusters { get; } = new(StringComparer.Ordinal);

    public SandboxOptions Options { get; } = options;

    /// <summary>The controllers and the simulated clusters, to which tests give faults.</summary>
    public Simulation Simulation => _simulation.Value;

    /// <summary>The clock of everything in the sandbox.</summary>
    public TimeProvider Clock => Options.TimeProvider;
}
