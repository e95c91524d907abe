using System.Text.Json.Nodes;
using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Deliver;

namespace NaaS.Fulfilment.Tests.Deliver;

public class WorkBuilderTests
{
    private static readonly Guid Service = new("0a1b2c3d-0000-4000-8000-000000000001");

    private static IReadOnlyList<WorkManifest> Build(Ledger ledger, params IReadOnlyList<JsonObject> objects)
    {
        var wanted = new Dictionary<string, IReadOnlyList<JsonObject>> { ["c1"] = objects };
        return WorkBuilder.Build(Service, wanted, ledger.Assign(wanted));
    }

    private static JsonObject Map(string name, int size = 1) =>
        new() { ["apiVersion"] = "v1", ["kind"] = "ConfigMap", ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "shop" }, ["data"] = new JsonObject { ["a"] = new string('x', size) } };

    private static readonly JsonObject Namespace = new() { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = "shop" } };

    [Fact]
    public void A_large_service_is_split_below_the_hubs_limit_and_each_part_carries_the_namespace()
    {
        var objects = Enumerable.Range(0, 40).Select(i => Map($"m{i}", 40_000)).Prepend(Namespace).ToList();
        var works = Build(Ledger.Empty, objects);
        works.Count.ShouldBe(5);
        works.ShouldAllBe(work => work.Spec["workload"]!["manifests"]!.AsArray().Sum(manifest => manifest!.ToJsonString().Length) < 500_000);
        works.ShouldAllBe(work => (string?)work.Spec["workload"]!["manifests"]![0]!["kind"] == "Namespace");
        works.Select(work => work.Name).Distinct().Count().ShouldBe(5);
    }

    [Fact]
    public void An_object_stays_in_its_part_when_others_come_and_go()
    {
        var wanted = new Dictionary<string, IReadOnlyList<JsonObject>> { ["c1"] = [.. Enumerable.Range(0, 15).Select(i => Map($"m{i}", 40_000))] };
        var ledger = Ledger.Empty.Assign(wanted);
        var key = ("c1", ObjectKey.Of(Map("m14")));
        var part = ledger.Entries[key].Part;
        part.ShouldBe(1);
        wanted["c1"] = [.. wanted["c1"].Skip(10)];
        ledger.Assign(wanted).Entries[key].Part.ShouldBe(part);
    }

    [Fact]
    public void Every_object_is_applied_by_its_service_and_read_back_by_revision()
    {
        var deployment = Objects.One("{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop, annotations: {a: b}}, spec: {replicas: 1}}");
        var spec = Build(Ledger.Empty, deployment).ShouldHaveSingleItem().Spec;
        ((string?)spec["workload"]!["manifests"]![0]!["metadata"]!["annotations"]!["naas.example/revision"]).ShouldBe("1");
        ((string?)spec["workload"]!["manifests"]![0]!["metadata"]!["annotations"]!["a"]).ShouldBe("b");
        var config = spec["manifestConfigs"]![0]!;
        ((string?)config["resourceIdentifier"]!["resource"]).ShouldBe("deployments");
        ((string?)config["updateStrategy"]!["serverSideApply"]!["fieldManager"]).ShouldNotBeNull().ShouldStartWith("work-agent-");
        ((bool?)config["updateStrategy"]!["serverSideApply"]!["force"]).ShouldBe(true);
        ((string?)config["feedbackRules"]![0]!["jsonPaths"]![0]!["path"]).ShouldBe(".metadata.annotations.naas\\.example/revision");
        deployment["metadata"]!["annotations"]!.AsObject().Count.ShouldBe(1, "the rendered object is shared and stays as it is");
    }

    [Fact]
    public void Crds_are_kept_when_the_service_goes_and_carry_no_number()
    {
        var crd = Objects.One("{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: tills.shop.example}, spec: {group: shop.example, names: {kind: Till, plural: tillen}}}");
        var till = Objects.One("{apiVersion: shop.example/v1, kind: Till, metadata: {name: one, namespace: shop}}");
        var spec = Build(Ledger.Empty, crd, till)[0].Spec;
        ((string?)spec["deleteOption"]!["propagationPolicy"]).ShouldBe("SelectivelyOrphan");
        ((string?)spec["deleteOption"]!["selectivelyOrphans"]!["orphaningRules"]![0]!["name"]).ShouldBe("tills.shop.example");
        spec["workload"]!["manifests"]![0]!["metadata"]!["annotations"].ShouldBeNull();
        ((string?)spec["manifestConfigs"]![1]!["resourceIdentifier"]!["resource"]).ShouldBe("tillen");
    }

    [Fact]
    public void A_number_rises_only_with_its_object_and_again_when_the_old_one_comes_back()
    {
        var first = Ledger.Empty.Assign(new Dictionary<string, IReadOnlyList<JsonObject>> { ["c1"] = [Map("a"), Map("b")] });
        var second = first.Assign(new Dictionary<string, IReadOnlyList<JsonObject>> { ["c1"] = [Map("a", 2), Map("b")] });
        var third = second.Assign(new Dictionary<string, IReadOnlyList<JsonObject>> { ["c1"] = [Map("a"), Map("b")] });
        Numbers(first).ShouldBe([1, 1]);
        Numbers(second).ShouldBe([2, 1]);
        Numbers(third).ShouldBe([3, 1]);
        third.Assign(new Dictionary<string, IReadOnlyList<JsonObject>> { ["c1"] = [Map("a"), Map("b")] }).ShouldBeSameAs(third);
    }

    private static IEnumerable<long> Numbers(Ledger ledger) => ledger.Entries.OrderBy(entry => entry.Key.Key.Name).Select(entry => entry.Value.Number);

    [Fact]
    public void Replicas_that_an_autoscaler_owns_are_left_out_and_nulls_dropped()
    {
        var prepared = ObjectPreparation.Prepare(Objects.Of(
            """
            {apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop}, spec: {replicas: 3, strategy: null}}
            ---
            {apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: web, namespace: shop}, spec: {scaleTargetRef: {kind: Deployment, name: web}}}
            """)).ToList();
        prepared[0]["spec"]!.AsObject().Count.ShouldBe(0);
    }
}
