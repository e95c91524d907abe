using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using NaaS.Sandbox.Controllers;
using NaaS.Sandbox.Protocol;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox;

/// <summary>One API server of the sandbox: the hub, or a managed cluster.</summary>
/// <param name="name"><c>hub</c>, or the cluster's name.</param>
/// <param name="path">Where it stands under the sandbox's address: <c>/hub</c>, <c>/clusters/c1</c>.</param>
/// <param name="store">Its objects.</param>
/// <param name="clock">The sandbox's clock.</param>
/// <param name="stopping">Cancelled when the sandbox stops.</param>
internal sealed class ApiServer(string name, string path, ObjectStore store, TimeProvider clock, CancellationToken stopping)
{
    public string Name { get; } = name;

    public string Path { get; } = path;

    public ObjectStore Store { get; } = store;

    public TimeProvider Clock { get; } = clock;

    public CancellationToken Stopping { get; } = stopping;

    /// <summary>Comes back when all that was written is in the file (at once where there is none).</summary>
    public Func<CancellationToken, Task> KeptAsync { get; init; } = _ => Task.CompletedTask;

    /// <summary>What is wrong with it, as its clients see it.</summary>
    public ApiFaults Faults { get; } = new(store, clock);

    /// <summary>Waits until a write is kept, and lets it be answered unless a fault was ordered.</summary>
    public async Task KeepAsync(HttpContext http)
    {
        await KeptAsync(http.RequestAborted);
        Faults.LetAnswer(http);
    }

    /// <summary>Lists that clients are paging through.</summary>
    public PageCache Pages { get; } = new(clock);
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
