using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Runtime;

/// <summary>
/// One concern of one API server: notes which objects may need attention when something changes, and brings one object where it should be.
/// Level-triggered: <see cref="Reconcile"/> looks at what is there now and may run any number of times.
/// </summary>
internal abstract class Controller
{
    /// <summary>Kinds whose changes this controller hears of; null for all.</summary>
    public abstract IReadOnlyList<ResourceType>? Watches { get; }

    /// <summary>Enqueues what a change concerns. Runs inside the write, so it does nothing else.</summary>
    public abstract void Observe(WatchEvent happened);

    /// <summary>
    /// Brings the object to where it should be. A refusal by the API server is tried again with backoff.
    /// </summary>
    public abstract void Reconcile(string ns, string name);
}
