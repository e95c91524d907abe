using NaaS.Fulfilment.Place;
using NaaS.Fulfilment.Render;

namespace NaaS.Fulfilment.Tests.Place;

public class TenantGuardTests
{
    private static Release Release(string yaml, string releaseNamespace = "shop") => new()
    {
        Name = "r",
        Namespace = releaseNamespace,
        ChartVersion = "1.0.0",
        ChartDigest = "",
        Digest = "",
        Objects = Objects.Of(yaml),
        Hooks = [],
        Crds = [],
    };

    private static string Refused(string yaml, GuardOptions? options = null, string ns = "shop") =>
        Should.Throw<PlacementException>(() => TenantGuard.Check(Release(yaml, ns), options ?? new())).Message;

    [Fact]
    public void An_ordinary_release_passes() => Should.NotThrow(() => TenantGuard.Check(
        Release("{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: shop}}\n---\n{apiVersion: v1, kind: Namespace, metadata: {name: shop}}"), new()));

    [Fact]
    public void The_systems_namespaces_are_refused_by_name()
    {
        Refused("{apiVersion: v1, kind: Secret, metadata: {name: a, namespace: kube-system}}")
            .ShouldBe("not allowed here: Secret/kube-system/a (refused namespace)");
        Refused("{apiVersion: v1, kind: Secret, metadata: {name: a, namespace: open-cluster-management-agent}}").ShouldContain("refused namespace");
        Refused("{apiVersion: v1, kind: Namespace, metadata: {name: kube-public}}").ShouldContain("Namespace/kube-public (refused namespace)");
        Refused("", ns: "openshift-ingress").ShouldContain("Namespace/openshift-ingress (refused namespace)");
    }

    [Fact]
    public void Only_allowed_namespaces_are_used_where_some_are_named()
    {
        var options = new GuardOptions { AllowedNamespaces = ["shop", "team-*"] };
        Should.NotThrow(() => TenantGuard.Check(Release("{apiVersion: v1, kind: Secret, metadata: {name: a, namespace: team-b}}"), options));
        Refused("{apiVersion: v1, kind: Secret, metadata: {name: a, namespace: default}}", options).ShouldContain("not an allowed namespace");
    }

    [Fact]
    public void Kinds_of_hub_and_nodes_are_refused() =>
        Refused("{apiVersion: work.open-cluster-management.io/v1, kind: ManifestWork, metadata: {name: a, namespace: shop}}").ShouldContain("refused kind");

    [Fact]
    public void Cluster_scoped_objects_are_refused_where_the_operator_says_so()
    {
        var options = new GuardOptions { ClusterScoped = false };
        Refused("{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: a}}", options)
            .ShouldBe("not allowed here: ClusterRole/a (cluster-scoped)");
        Refused("{apiVersion: v1, kind: Namespace, metadata: {name: other}}", options).ShouldContain("cluster-scoped");
        Should.NotThrow(() => TenantGuard.Check(Release("{apiVersion: v1, kind: Namespace, metadata: {name: shop}}"), options));
    }

    [Fact]
    public void Many_refusals_are_counted_not_listed() => Refused(string.Join("\n---\n", Enumerable.Range(0, 9).Select(number =>
        $"{{apiVersion: v1, kind: Secret, metadata: {{name: a{number}, namespace: kube-system}}}}"))).ShouldEndWith("and 4 more");
}
