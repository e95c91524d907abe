using NaaS.ClusterHub.Placements;
using NaaS.Contracts;
using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Deliver;
using NaaS.Fulfilment.Place;
using NaaS.Fulfilment.Storage;

namespace NaaS.Fulfilment.Reconcile;

/// <summary>Decides where groups go: they stay where they are as long as their rule allows it; else OCM decides, and is believed where we agree.</summary>
internal static class PlacePlanner
{
    private static readonly TimeSpan Recheck = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>The next step towards a cluster for each group.</summary>
    public static NextStep Next(Situation situation, Revision current)
    {
        var groups = current.Design!.Groups;
        if (groups.Where(group => StateOf(situation, group) is null).ToList() is { Count: > 0 } missing)
        {
            return new NextStep.WritePlacements(missing);
        }

        var places = groups.ToDictionary(group => group.Name, group => Staying(situation, current, group) ?? ClusterFor(situation, group));
        var undecided = groups.Where(group => places[group.Name] is null).ToList();
        if (undecided.Count > 0)
        {
            return Undecided(situation, current, undecided);
        }

        if (Cut(situation, current, places) is { Count: > 0 } cut)
        {
            return new NextStep.GiveUp(WouldCut(cut));
        }

        var moved = groups.SelectMany(group => Moved(situation.Good, group, places[group.Name]!)).ToList();
        return moved.Count > 0 && !current.Design.Intent.Recreate
            ? new NextStep.GiveUp(string.Join("; ", moved) + "; order it with Recreate to start it anew without its data")
            : new NextStep.PlaceGroups(places.ToDictionary(place => place.Key, place => place.Value!, StringComparer.Ordinal));
    }

    /// <summary>
    /// Why groups of the good revision must leave their clusters: those no longer suit (relabelled, or silent for longer than the rule tolerates) and others
    /// do. Null where all may stay, where there is nowhere to go, where data would be lost, and for a while after such a move has failed.
    /// </summary>
    public static string? Lost(Situation situation, PlacedDesign good)
    {
        if (situation.Current is { Stage: RevisionStage.Failed, Cause.Kind: CauseKind.Worker, ConcludedAt: { } failed } && situation.Now < failed + Patience)
        {
            return null;
        }

        var reasons = good.Design.Groups
            .Where(group => !group.Stateful && situation.Verdicts.GetValueOrDefault(group.Name) is { } verdicts && verdicts.Values.Any(verdict => verdict.Satisfied))
            .Select(group => (Cluster: good.Places[group.Name], Verdict: Verdict(situation, group, good.Places[group.Name])))
            .Where(place => !place.Verdict.Satisfied)
            .Select(place => $"{place.Cluster}: {place.Verdict.Reason}")
            .Distinct()
            .ToList();
        return reasons.Count == 0 ? null : string.Join("; ", reasons);
    }

    private static RuleVerdict Verdict(Situation situation, PlacementGroup group, string cluster) =>
        situation.Verdicts[group.Name].GetValueOrDefault(cluster) ?? new(false, "no longer a cluster of the hub");

    private static NextStep Undecided(Situation situation, Revision current, List<PlacementGroup> groups)
    {
        var states = groups.ConvertAll(group => StateOf(situation, group)!);
        if (states.FirstOrDefault(state => state.Misconfigured is not null) is { } bad)
        {
            return new NextStep.GiveUp("the placement rules are not accepted: " + bad.Misconfigured);
        }

        var reason = string.Join("; ", groups.Select(group => Explain(situation, group)));
        if (situation.Now >= current.Deadline)
        {
            return new NextStep.GiveUp("no cluster in time: " + reason);
        }

        var until = situation.Now + Recheck < current.Deadline ? situation.Now + Recheck : current.Deadline;
        var decidedNothingYet = states.Exists(state => state.Clusters.Count == 0 && state.Unsatisfied is null);
        return new NextStep.Wait(until, decidedNothingYet ? null : new(Rollout.Waiting, reason, ForClusters: true));
    }

    // When clusters are lost, data stays with its cluster, whatever the rules say: it cannot be moved.
    private static string? Staying(Situation situation, Revision current, PlacementGroup group) =>
        current.Cause.Kind == CauseKind.Worker && group.Stateful ? Present(situation.Good, group).FirstOrDefault() : null;

    private static string? ClusterFor(Situation situation, PlacementGroup group) =>
        Present(situation.Good, group).Concat(StateOf(situation, group)!.Clusters).FirstOrDefault(cluster => Fits(situation, group, cluster));

    private static bool Fits(Situation situation, PlacementGroup group, string cluster) =>
        situation.Verdicts.GetValueOrDefault(group.Name)?.GetValueOrDefault(cluster) is { Satisfied: true };

    /// <summary>Clusters that run components of the group in the good revision.</summary>
    public static IEnumerable<string> Present(Revision? good, PlacementGroup group) =>
        group.Components.Select(component => PlaceOf(good, component)).OfType<string>().Distinct();

    /// <summary>Cluster that runs the component in the good revision; null where none does.</summary>
    public static string? PlaceOf(Revision? good, Component component) =>
        good?.Design?.Groups.FirstOrDefault(group => group.Components.Any(known => known.Id == component.Id)) is { } group
            ? good.Places.GetValueOrDefault(group.Name)
            : null;

    /// <summary>What stands against taking the group there: components whose data would stay behind.</summary>
    public static IEnumerable<string> Moved(Revision? good, PlacementGroup group, string cluster) =>
        group.Components.Where(component => component.Stateful)
            .Select(component => (component.Workload, Present: PlaceOf(good, component)))
            .Where(component => component.Present is not null && component.Present != cluster)
            .Select(component => $"{component.Workload} keeps its data on {component.Present} and cannot move to {cluster}");

    /// <summary>Needed links that such places would cut and that are not cut now, where the installation refuses that.</summary>
    public static IReadOnlyList<string> Cut(Revision? good, Design design, IReadOnlyDictionary<string, string> places) =>
        design.LinkPolicy == LinkPolicy.Refused ? [.. Report.CutLinks.Of(new(design, places)).Except(Report.CutLinks.Of(good?.Placed))] : [];

    /// <summary>Why a change that cuts those links is refused.</summary>
    public static string WouldCut(IReadOnlyList<string> cut) => "it would cut what components need: " + string.Join("; ", cut);

    // Clusters that are lost leave no choice.
    private static IReadOnlyList<string> Cut(Situation situation, Revision current, Dictionary<string, string?> places) =>
        current.Cause.Kind == CauseKind.Worker ? [] : Cut(situation.Good, current.Design!, places.ToDictionary(place => place.Key, place => place.Value!));

    private static string Explain(Situation situation, PlacementGroup group)
    {
        var reasons = situation.Verdicts.GetValueOrDefault(group.Name)?
            .Where(verdict => !verdict.Value.Satisfied)
            .OrderBy(verdict => verdict.Key, StringComparer.Ordinal)
            .Select(verdict => $"{verdict.Key}: {verdict.Value.Reason}")
            .ToList() ?? [];
        var scheduler = StateOf(situation, group)!.Unsatisfied;
        return reasons.Count > 0
            ? $"no cluster for {group.Name}: {string.Join("; ", reasons)}"
            : $"no cluster for {group.Name}: {scheduler ?? "the decision is awaited"}";
    }

    private static PlacementState? StateOf(Situation situation, PlacementGroup group) =>
        situation.Placements.GetValueOrDefault(WorkNames.Placement(situation.ServiceId, group.Name, group.Rule));
}
