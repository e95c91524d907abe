using NaaS.Fulfilment.Place;
using NaaS.Fulfilment.Translate;

namespace NaaS.Fulfilment.Tests.Translate;

public class PlacementDocumentsTests
{
    private const string Envelope = """
        apiVersion: scheduling.p2code.eu/v1alpha1
        kind: P2CodeSchedulingManifest
        metadata: {name: shop}
        spec:
        """;

    private static PlacementRules Read(string yaml) => PlacementDocuments.Read(Objects.Of(yaml));

    private static string Refused(string yaml) => Should.Throw<FormatException>(() => Read(yaml)).Message;

    [Fact]
    public void A_scheduling_manifest_names_a_set_a_cluster_and_filters()
    {
        var rules = Read(Envelope + """

              globalAnnotations: [p2code.target.managedClusterSet=prod, p2code.target.cluster=c1, p2code.filter.region=EU]
              workloadAnnotations:
              - {name: web, annotations: [p2code.filter.gpu=true, p2code.filter.gpu=true]}
            """);
        rules.ClusterSet.ShouldBe("prod");
        rules.Cluster.ShouldBe("c1");
        rules.Global.ShouldBe([new("region", "EU")]);
        rules.Workloads["web"].ShouldBe([new("gpu", "true")]);
    }

    [Fact]
    public void Workload_annotations_may_be_a_map_as_its_documentation_shows_them()
    {
        var rules = Read(Envelope + """

              workloadAnnotations:
                web: [p2code.filter.location=edge]
                db: [p2code.filter.location=core]
            """);
        rules.Workloads.Keys.ShouldBe(["web", "db"], ignoreOrder: true);
        rules.Workloads["db"].ShouldBe([new("location", "core")]);
    }

    [Fact]
    public void A_manifest_may_come_without_its_envelope() =>
        Read("globalAnnotations: [p2code.filter.a=b]").Global.ShouldBe([new("a", "b")]);

    [Theory]
    [InlineData("  globalAnnotations: [p2code.filter.region]", "has no \"=\"")]
    [InlineData("  globalAnnotations: [p2code.colour=red]", "unknown annotation \"p2code.colour\"")]
    [InlineData("  globalAnnotations: [p2code.filter.a=b=c]", "valid value")]
    [InlineData("  globalAnnotations: ['p2code.filter.a b=c']", "not a valid key")]
    [InlineData("  globalAnnotations: [p2code.filter.a=1, p2code.filter.a=2]", "no cluster can be both")]
    [InlineData("  globalAnnotations: [p2code.target.managedClusterSet=a, p2code.target.managedClusterSet=b]", "a and b")]
    [InlineData("  globalAnnotations: [p2code.target.cluster=]", "no value")]
    [InlineData("  globalAnnotations: text", "must be a list")]
    [InlineData("  globalAnnotations: [{a: b}]", "key=value")]
    [InlineData("  workloadAnnotations: [{annotations: []}]", "needs a name")]
    [InlineData("  workloadAnnotations: [{name: a}, {name: a}]", "listed twice")]
    [InlineData("  workloadAnnotations: {a: [p2code.target.cluster=c1]}", "belongs in globalAnnotations")]
    [InlineData("  workloadAnnotations: 5", "must be a list or a mapping")]
    [InlineData("  manifests: [{kind: Pod}]", "come from the chart")]
    [InlineData("  colour: red", "unknown field \"colour\"")]
    public void A_wrong_scheduling_manifest_is_refused_in_plain_words(string spec, string reason) => Refused(Envelope + "\n" + spec).ShouldContain(reason);

    [Fact]
    public void Plain_Placements_are_taken_by_name()
    {
        var rules = Read("""
            apiVersion: cluster.open-cluster-management.io/v1beta1
            kind: Placement
            metadata: {name: web}
            spec:
              predicates:
              - requiredClusterSelector:
                  labelSelector: {matchLabels: {region: eu}}
                  claimSelector: {matchExpressions: [{key: gpu, operator: Exists}]}
                  celSelector: {celExpressions: ['managedCluster.metadata.name == "c1"']}
              tolerations: [{key: k, operator: Exists, tolerationSeconds: 5}]
              prioritizerPolicy: {mode: Exact}
            ---
            apiVersion: cluster.open-cluster-management.io/v1beta1
            kind: Placement
            metadata: {name: rest}
            spec: {numberOfClusters: 1}
            """);
        rules.Placements.Keys.ShouldBe(["web", "rest"]);
        rules.Placements["web"]["tolerations"]![0]!["tolerationSeconds"]!.GetValue<long>().ShouldBe(5);
    }

    [Theory]
    [InlineData("numberOfClusters: -1", "numberOfClusters is -1")]
    [InlineData("numberOfClusters: 2", "a component runs on 1 cluster")]
    [InlineData("clusterSets: default", "spec.clusterSets must be a list")]
    [InlineData("clusterSets: [1]", "spec.clusterSets[0] must be text")]
    [InlineData("predicates: [{requiredClusterSelector: {labelSelector: {matchLabels: {gpu: true}}}}]", "matchLabels.gpu must be text (quote it)")]
    [InlineData("predicates: [{labelSelector: {}}]", "spec.predicates[0].labelSelector is not a field")]
    [InlineData("colour: red", "spec.colour is not a field")]
    public void A_wrong_Placement_is_refused_in_plain_words(string field, string reason) =>
        Refused($"apiVersion: cluster.open-cluster-management.io/v1beta1\nkind: Placement\nmetadata: {{name: web}}\nspec:\n  {field}\n").ShouldContain(reason);

    [Fact]
    public void Kinds_are_not_mixed()
    {
        Refused("kind: P2CodeSchedulingManifest\n---\nkind: Placement").ShouldContain("mixes");
        Refused(Envelope + "\n---\n" + Envelope).ShouldContain("one is enough");
        Refused("apiVersion: other/v1\nkind: Placement\nmetadata: {name: a}").ShouldContain("apiVersion");
    }
}
