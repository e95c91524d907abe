using System.Text.Json.Nodes;

namespace NaaS.Sandbox.Controllers;

/// <summary>What is wrong with a simulated cluster.</summary>
internal sealed record Faults
{
    /// <summary>The work agent does not run: works are neither applied nor deleted, and Available stays as it was.</summary>
    public bool WorkAgentDown { get; init; }

    /// <summary>The registration agent does not run: the lease grows old, then the hub calls the cluster Unknown.</summary>
    public bool RegistrationAgentDown { get; init; }

    /// <summary>The cluster's own API server answers nobody; its agents run.</summary>
    public bool ApiDown { get; init; }

    /// <summary>The work agent acts on everything this much later.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Answers why an object may not be applied, or null. The text becomes the manifest's message.</summary>
    public Func<JsonObject, string?>? Refuse { get; init; }

    /// <summary>Answers whether a pod never becomes ready.</summary>
    public Func<JsonObject, bool>? NeverReady { get; init; }

    /// <summary>Since when the registration agent is down.</summary>
    public DateTimeOffset? LostAt { get; init; }

    /// <summary>Since when the API server is down.</summary>
    public DateTimeOffset? ApiDownAt { get; init; }
}
