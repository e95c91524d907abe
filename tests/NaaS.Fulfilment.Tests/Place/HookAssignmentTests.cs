using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Place;
using NaaS.Fulfilment.Render;

namespace NaaS.Fulfilment.Tests.Place;

public class HookAssignmentTests
{
    /// <summary>Two groups: web with its Secret web-secret, db with its account db.</summary>
    private static string Assign(params string[] hooks)
    {
        string Workload(string name, string podSpec) =>
            $"{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: {name}, namespace: ns}}, spec: {{template: {{metadata: {{labels: {{app: {name}}}}}, spec: {podSpec}}}}}}}";
        var bundle = Bundler.Bundle(Guid.Empty, Objects.Of(string.Join("\n---\n",
            Workload("web", "{imagePullSecrets: [{name: web-secret}, {name: from-hook}]}"), Workload("db", "{serviceAccountName: db, imagePullSecrets: [{name: from-hook}]}"),
            "{apiVersion: v1, kind: Secret, metadata: {name: web-secret, namespace: ns}}",
            "{apiVersion: v1, kind: ServiceAccount, metadata: {name: db, namespace: ns}}",
            "{apiVersion: v1, kind: Namespace, metadata: {name: ns}}")));
        var rules = PlacementRules.Any with { Workloads = new Dictionary<string, IReadOnlyList<ClusterFilter>> { ["db"] = [new("a", "b")] } };
        var groups = Grouper.Group(bundle, rules, new Dictionary<Guid, string>(), new());
        var assigned = HookAssignment.Assign(
            bundle, [.. hooks.Select(hook => new ReleaseHook(Objects.One(hook), ["pre-install"], 0, ["before-hook-creation"]))], groups);
        return string.Join("; ", assigned.OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{group.Key}: {string.Join(" ", group.Value.Select(hook => ObjectKey.Of(hook.Object).Name))}"));
    }

    private static string Job(string name, string podSpec) =>
        $"{{apiVersion: batch/v1, kind: Job, metadata: {{name: {name}, namespace: ns}}, spec: {{template: {{spec: {podSpec}}}}}}}";

    [Fact]
    public void A_hook_runs_with_the_group_that_shares_its_objects_else_with_the_first()
    {
        Assign(Job("migrate", "{serviceAccountName: db}")).ShouldBe("db: migrate");
        Assign(Job("migrate", "{imagePullSecrets: [{name: web-secret}]}")).ShouldBe("web: migrate");
        Assign(Job("migrate", "{containers: []}")).ShouldBe("web: migrate");
        Assign("{apiVersion: v1, kind: ConfigMap, metadata: {name: lonely, namespace: ns}}").ShouldBe("web: lonely");
    }

    [Fact]
    public void What_a_hook_needs_runs_where_it_does_and_hooks_keep_their_order() => Assign(
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: script, namespace: ns}}",
        Job("migrate", "{serviceAccountName: db, volumes: [{name: v, configMap: {name: script}}]}")).ShouldBe("db: script migrate");

    [Fact]
    public void An_object_that_a_hook_brings_for_several_groups_goes_to_each() =>
        Assign("{apiVersion: v1, kind: Secret, metadata: {name: from-hook, namespace: ns}}").ShouldBe("db: from-hook; web: from-hook");
}
