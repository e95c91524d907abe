using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Tests.Controllers.Placements;

/// <summary>What placement tests do and look at.</summary>
internal static class PlacementSteps
{
    public static void Place(this SimulatedHub hub, string name, string spec, string ns = "orch") => hub.Create(
        $$"""{"apiVersion":"cluster.open-cluster-management.io/v1beta1","kind":"Placement","metadata":{"name":"{{name}}","namespace":"{{ns}}"},"spec":{{spec}}}""");

    /// <summary>The clusters in all decisions of the Placement.</summary>
    public static string[] Decided(this SimulatedHub hub, string name, string ns = "orch") =>
    [
        .. hub.Hub.List(Kinds.PlacementDecisions, ns, LabelSelector.Parse($"cluster.open-cluster-management.io/placement={name}")).Read()
            .SelectMany(decision => decision.Items("status", "decisions")).Select(entry => entry.Str("clusterName")!),
    ];

    public static Task UntilDecided(this SimulatedHub hub, string name, params string[] clusters) => hub.Until(
        () => hub.Decided(name).SequenceEqual(clusters) && hub.Satisfied(name) is not null,
        $"{name} is decided for [{string.Join(", ", clusters)}]");

    /// <summary>Reason of condition PlacementSatisfied, null as long as there is none.</summary>
    public static string? Satisfied(this SimulatedHub hub, string name, string ns = "orch") =>
        hub.Read(Kinds.Placements, ns, name).Condition("PlacementSatisfied").Str("reason");
}
