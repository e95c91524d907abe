using System.Text.Json.Nodes;
using CsCheck;
using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Place;

namespace NaaS.Fulfilment.Tests.Bundle;

/// <summary>Nothing of a release is ever left out, whatever it holds: components and leftovers together are the release, and so are the groups.</summary>
public class WholeReleaseTests
{
    private static readonly string[] Names = ["a", "b", "c", "d"];

    private static readonly Gen<string> Name = OneOf(Names);

    /// <summary>Objects that refer to each other at random, also in circles and to what is not there.</summary>
    private static readonly Gen<JsonObject> AnyObject = Gen.OneOf(
        Gen.Select(OneOf("Deployment", "StatefulSet", "DaemonSet"), Name, Name, Name, Name, (kind, name, label, secret, account) => Objects.One(
            $"{{apiVersion: apps/v1, kind: {kind}, metadata: {{name: {name}, namespace: ns}}, spec: {{serviceName: {label}, template: {{metadata: {{labels: {{app: {label}}}}}, "
            + $"spec: {{serviceAccountName: {account}, containers: [{{name: c, env: [{{name: HOST, value: {label}}}], envFrom: [{{secretRef: {{name: {secret}}}}}]}}], volumes: [{{name: v, persistentVolumeClaim: {{claimName: {secret}}}}}]}}}}}}}}")),
        Gen.Select(Name, Name, (name, label) => Objects.One(
            $"{{apiVersion: v1, kind: Service, metadata: {{name: {name}, namespace: ns, labels: {{app: {label}}}}}, spec: {{selector: {{app: {label}}}}}}}")),
        Gen.Select(OneOf("Secret", "ConfigMap", "ServiceAccount", "PersistentVolumeClaim", "LimitRange"), Name, OneOf("ns", "m"), (kind, name, ns) =>
            Objects.One($"{{apiVersion: v1, kind: {kind}, metadata: {{name: {name}, namespace: {ns}}}}}")),
        Gen.Select(OneOf("Namespace", "PersistentVolume"), OneOf("ns", "m", "a"), (kind, name) =>
            Objects.One($"{{apiVersion: v1, kind: {kind}, metadata: {{name: {name}}}}}")),
        Gen.Select(Name, Name, Name, (name, account, role) => Objects.One(
            $"{{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {{name: {name}}}, roleRef: {{kind: ClusterRole, name: {role}}}, subjects: [{{kind: ServiceAccount, name: {account}, namespace: ns}}]}}")),
        Gen.Select(Name, Name, (name, resource) => Objects.One(
            $"{{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {{name: {name}}}, rules: [{{apiGroups: [example.com], resources: [{resource}s]}}]}}")),
        Gen.Select(Name, Name, (kind, other) => Objects.One(
            $"{{apiVersion: example.com/v1, kind: {kind.ToUpperInvariant()}, metadata: {{name: {kind}, namespace: ns}}, spec: {{ref: {{apiVersion: example.com/v1, kind: {other.ToUpperInvariant()}, name: {other}}}}}}}")),
        Gen.Select(Name, Name, (name, kind) => Objects.One(
            $"{{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {{name: {name}}}, spec: {{group: example.com, names: {{kind: {kind.ToUpperInvariant()}, plural: {kind}s}}}}}}")),
        Gen.Select(Name, Name, (name, service) => Objects.One(
            $"{{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {{name: {name}, namespace: ns}}, spec: {{tls: [{{secretName: {name}}}], defaultBackend: {{service: {{name: {service}}}}}}}}}")),
        Gen.Select(Name, OneOf("{}", "{matchLabels: {app: a}}", "{matchExpressions: [{key: app, operator: NotIn, values: [b]}]}"), (name, selector) => Objects.One(
            $"{{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {{name: {name}, namespace: ns}}, spec: {{podSelector: {selector}}}}}")));

    [Fact]
    public void Generated_releases_stay_whole() =>
        AnyObject.List[0, 30].Sample(objects => IsWhole([.. objects.DistinctBy(ObjectKey.Of)]), iter: 2000);

    [Fact]
    public void Public_charts_stay_whole()
    {
        Assert.SkipUnless(Shared.Folder is not null, "reference material is not here");
        var releases = Directory.EnumerateFiles(Path.Combine(Shared.Folder!, "helm", "corpus"), "*.helm4.yaml", SearchOption.AllDirectories).Order().ToList();
        releases.ShouldNotBeEmpty();
        foreach (var file in releases)
        {
            IsWhole([.. Objects.Of(File.ReadAllText(file)).SelectMany(NaaS.Fulfilment.Render.ObjectLists.Flatten)]).ShouldBeTrue(file);
        }
    }

    private static Gen<string> OneOf(params string[] names) => Gen.Int[0, names.Length - 1].Select(index => names[index]);

    private static bool IsWhole(IReadOnlyList<JsonObject> objects)
    {
        var keys = objects.Select(ObjectKey.Of).ToList();
        var bundle = Bundler.Bundle(Guid.Empty, objects);
        var inComponents = bundle.Components.SelectMany(component => component.Objects).ToHashSet();
        return inComponents.Union(bundle.Leftovers).ToHashSet().SetEquals(keys)
            && !inComponents.Overlaps(bundle.Leftovers)
            && bundle.Components.All(component => component.Objects.Contains(component.Workload))
            && (bundle.Components.Count == 0 || GroupsAreWhole(bundle, keys));
    }

    /// <summary>Every workload in a group of its own, so that what is shared must be in each.</summary>
    private static bool GroupsAreWhole(ReleaseBundle bundle, List<ObjectKey> keys)
    {
        var rules = PlacementRules.Any with
        {
            Workloads = bundle.Components
                .Select(component => component.Workload.Name)
                .Distinct()
                .ToDictionary(name => name, name => (IReadOnlyList<ClusterFilter>)[new("only", name.Length <= 60 ? name : name[..60])]),
        };
        var groups = Grouper.Group(bundle, rules, new Dictionary<Guid, string>(), new());
        return groups.SelectMany(group => group.Objects).Select(ObjectKey.Of).ToHashSet().SetEquals(keys)
            && groups.All(group => group.Components.All(component => component.Objects.All(key => group.Objects.Select(ObjectKey.Of).Contains(key))))
            && groups.Select(group => group.Name).Distinct().Count() == groups.Count;
    }
}
