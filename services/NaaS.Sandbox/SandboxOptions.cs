using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NaaS.Sandbox.Controllers;

namespace NaaS.Sandbox;

/// <summary>How a sandbox is set up.</summary>
public sealed record SandboxOptions
{
    /// <summary>Port on the loopback address; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Folder of <c>hub.db</c>, where objects survive a restart; null keeps them in memory only.</summary>
    public string? DataFolder { get; init; }

    /// <summary>The managed clusters.</summary>
    public IReadOnlyList<SandboxCluster> Clusters { get; init; } = SandboxCluster.Defaults;

    /// <summary>The clock of everything in the sandbox; tests may drive it.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>How long pods take.</summary>
    public PodTiming Pods { get; init; } = new();

    /// <summary>How the clusters' agents behave.</summary>
    public AgentOptions Agents { get; init; } = new();

    /// <summary>Where the controllers say what they did not expect.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>Events per kind that a watch can resume from.</summary>
    public int WatchHistory { get; init; } = 4096;

    /// <summary>Refuses what cannot work, naming the option.</summary>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Port);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Port, 65535);
        ArgumentOutOfRangeException.ThrowIfLessThan(WatchHistory, 16);
        ArgumentOutOfRangeException.ThrowIfLessThan(Pods.ReadyAfter, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(Pods.GoneAfter, TimeSpan.Zero);
        foreach (var cluster in Clusters)
        {
            cluster.Validate();
        }
        if (Clusters.GroupBy(c => c.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"two clusters are named {twice.Key}", nameof(Clusters));
        }
    }
}

/// <summary>How long a simulated pod takes from scheduled to ready, and from deleted to gone.</summary>
/// <param name="ReadyAfter">Image pull, start and first successful probe.</param>
/// <param name="GoneAfter">From deletion to gone.</param>
public sealed record PodTiming(TimeSpan ReadyAfter, TimeSpan GoneAfter)
{
    /// <summary>300 ms to ready, 100 ms to gone.</summary>
    public PodTiming() : this(TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(100))
    {
    }
}
