using NaaS.Sandbox.Controllers.Runtime;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers;

/// <summary>A managed cluster: its API server's objects, and what is wrong with it.</summary>
internal sealed class SimulatedCluster(SandboxCluster description, ObjectStore store, ReconcileLoop loop)
{
    public SandboxCluster Description { get; } = description;

    public string Name => Description.Name;

    public ObjectStore Store { get; } = store;

    /// <summary>Faults now; changed through <see cref="Break"/>.</summary>
    public Faults Faults { get; private set; } = new();

    /// <summary>The faults last ordered by annotation, null where there were none.</summary>
    public string? Ordered { get; set; }

    /// <summary>Told when faults change.</summary>
    public event Action? FaultsChanged;

    /// <summary>Changes the faults, for example <c>cluster.Break(f => f with { WorkAgentDown = true })</c>.</summary>
    public void Break(Func<Faults, Faults> change)
    {
        var before = Faults;
        var now = change(before);
        Faults = now with
        {
            LostAt = !now.RegistrationAgentDown ? null : before.LostAt ?? loop.Now,
            ApiDownAt = !now.ApiDown ? null : before.ApiDownAt ?? loop.Now,
        };
        FaultsChanged?.Invoke();
    }

    /// <summary>Makes everything well again.</summary>
    public void Repair() => Break(_ => new Faults());

    /// <summary>An agent's reach for the cluster's API server.</summary>
    /// <exception cref="ApiStatusException">The API server is down.</exception>
    public ObjectStore Reach(string path = "livez") =>
        Faults.ApiDown ? throw new ApiStatusException(503, "ServiceUnavailable", Refused(path)) : Store;

    /// <summary>Go's words for a connection that nobody answers.</summary>
    public static string Refused(string path) =>
        $"Get \"https://127.0.0.1:6443/{path}\": dial tcp 127.0.0.1:6443: connect: connection refused";
}
