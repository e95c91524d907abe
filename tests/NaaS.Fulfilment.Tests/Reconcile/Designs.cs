using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Place;
using NaaS.Fulfilment.Reconcile;
using NaaS.Fulfilment.Render;
using NaaS.Fulfilment.Translate;
using NaaS.Helm.Charts;

namespace NaaS.Fulfilment.Tests.Reconcile;

/// <summary>Designs of a small service.</summary>
internal sealed record Designs
{
    public static readonly Guid Service = new("0a1b2c3d-0000-4000-8000-000000000001");

    /// <summary>Workloads: name to image. A name that begins with <c>db</c> is a StatefulSet.</summary>
    public IReadOnlyDictionary<string, string> Images { get; init; } = new Dictionary<string, string> { ["web"] = "web:1", ["cart"] = "cart:1", ["db"] = "db:1" };

    public IReadOnlyDictionary<string, string> Locations { get; init; } = new Dictionary<string, string>();

    public string? Everywhere { get; init; }

    public int Replicas { get; init; } = 1;

    public bool Recreate { get; init; }

    public string Extra { get; init; } = "";

    /// <summary>Whether web calls cart through a Service.</summary>
    public bool WebCallsCart { get; init; }

    public IReadOnlyList<ReleaseHook> Hooks { get; init; } = [];

    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(10);

    public Designs With(string workload, string image) => this with { Images = new Dictionary<string, string>(Images) { [workload] = image } };

    public Designs At(string workload, string location) => this with { Locations = new Dictionary<string, string>(Locations) { [workload] = location } };

    public Design Build(Design? before = null)
    {
        var objects = Objects.Of(string.Join("\n---\n", [.. Images.Select(Workload), "{apiVersion: v1, kind: ConfigMap, metadata: {name: shared, namespace: shop}, data: {a: b}}", .. Extra.Length > 0 ? new[] { Extra } : [], .. WebCallsCart ? new[] { CartService } : []]));
        var bundle = Bundler.Bundle(Service, objects);
        var known = before?.Groups.SelectMany(group => group.Components, (group, component) => (component.Id, group.Name)).ToDictionary(entry => entry.Id, entry => entry.Name) ?? [];
        var rules = PlacementRules.Any with
        {
            Global = Everywhere is null ? [] : [new("location", Everywhere)],
            Workloads = Locations.ToDictionary(place => place.Key, place => (IReadOnlyList<ClusterFilter>)[new ClusterFilter("location", place.Value)]),
        };
        var groups = Grouper.Group(bundle, rules, known, new());
        return new()
        {
            Intent = new()
            {
                ServiceId = Service,
                ReleaseName = "shop",
                Namespace = "shop",
                OwnsNamespace = true,
                Chart = new(null, "shop", "1.0.0"),
                Values = "",
                Knobs = [],
                Placement = rules,
                Deadline = Deadline,
                Recreate = Recreate,
            },
            ChartVersion = "1.0.0",
            ChartDigest = "sha256:0",
            Digest = Digests.Of([.. objects, .. Hooks.Select(hook => hook.Object)]),
            Groups = groups,
            Links = LinkFinder.Find(bundle),
            Hooks = HookAssignment.Assign(bundle, Hooks, groups),
        };
    }

    private const string CartService = "{apiVersion: v1, kind: Service, metadata: {name: cart, namespace: shop}, spec: {selector: {app: cart}, ports: [{port: 80}]}}";

    private string Workload(KeyValuePair<string, string> image) =>
        $"{{apiVersion: apps/v1, kind: {(image.Key.StartsWith("db", StringComparison.Ordinal) ? "StatefulSet" : "Deployment")}, metadata: {{name: {image.Key}, namespace: shop}}, "
        + $"spec: {{replicas: {Replicas}, selector: {{matchLabels: {{app: {image.Key}}}}}, template: {{metadata: {{labels: {{app: {image.Key}}}}}, "
        + $"spec: {{containers: [{{name: main, image: \"{image.Value}\", envFrom: [{{configMapRef: {{name: shared}}}}]{(WebCallsCart && image.Key == "web" ? ", env: [{name: CART, value: \"http://cart:80/\"}]" : "")}}}]}}}}}}}}";
}
