using System.Globalization;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Controllers.Runtime;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers;

/// <summary>
/// Faults ordered by an annotation of the ManagedCluster, so that kubectl, tests and the command line can order them alike:
/// <c>sandbox.naas.example/faults: lost</c>, or several of <c>agent-down</c>, <c>api-down</c>, <c>slow=5s</c>, <c>refuse=NAME</c>,
/// <c>never-ready=NAME</c>, separated by commas. NAME is part of <c>Kind/name</c>, or of a pod's name; without it all are meant.
/// Without the annotation the cluster is well.
/// </summary>
internal sealed class FaultController(ReconcileLoop loop, ObjectStore hub, IReadOnlyDictionary<string, SimulatedCluster> clusters) : Controller
{
    public const string Annotation = "sandbox.naas.example/faults";

    public override IReadOnlyList<ResourceType> Watches => [Kinds.ManagedClusters];

    public override void Observe(WatchEvent happened)
    {
        if (clusters.ContainsKey(happened.Object!.Name))
        {
            loop.Enqueue(this, "", happened.Object.Name);
        }
    }

    public override void Reconcile(string ns, string name)
    {
        if (!clusters.TryGetValue(name, out var cluster))
        {
            return;
        }

        var ordered = hub.Find(Kinds.ManagedClusters, null, name)?.Read().Str("metadata", "annotations", Annotation);
        if (ordered != cluster.Ordered)
        {
            cluster.Ordered = ordered;
            cluster.Break(_ => Parse(ordered ?? ""));
        }
    }

    /// <exception cref="FormatException">A fault of that name is not known.</exception>
    public static Faults Parse(string text) =>
        text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Aggregate(new Faults(), (faults, word) =>
        {
            var (name, value) = word.Split('=', 2) is [var left, var right] ? (left, right) : (word, "");
            return name switch
            {
                "lost" => faults with { RegistrationAgentDown = true, WorkAgentDown = true },
                "agent-down" => faults with { WorkAgentDown = true },
                "api-down" => faults with { ApiDown = true },
                "slow" => faults with { Delay = TimeSpan.FromSeconds(double.Parse(value.TrimEnd('s'), CultureInfo.InvariantCulture)) },
                "refuse" => faults with { Refuse = manifest => Names($"{manifest.Kind()}/{manifest.Name()}", value) ? "refused by order" : null },
                "never-ready" => faults with { NeverReady = pod => Names(pod.Name(), value) },
                _ => throw new FormatException($"{word} is no fault: lost, agent-down, api-down, slow=SECONDS, refuse[=NAME], never-ready[=NAME]"),
            };
        });

    private static bool Names(string text, string part) => text.Contains(part, StringComparison.Ordinal);
}
