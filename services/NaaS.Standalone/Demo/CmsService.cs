using System.Text;
using System.Text.Json.Nodes;

namespace NaaS.Standalone.Demo;

/// <summary>The service that the story orders: the specification of the demo chart, and what a customer asks for.</summary>
internal static class CmsService
{
    public const string Replicas = "values.phpmyadmin.replicaCount";
    public const string CpuLimit = "values.phpmyadmin.resources.limits.cpu";
    public const string MemoryLimit = "values.phpmyadmin.resources.limits.memory";
    public const string Version = "Service artifact version";
    public const string ClusterMetadata = "Cluster Metadata";

    /// <summary>Body of POST serviceSpecification: on sale, for only what is launched has a candidate, by which OpenSlice finds it.</summary>
    public static JsonObject Specification() => new()
    {
        ["@type"] = "CustomerFacingServiceSpecification",
        ["name"] = "CMS on OCM",
        ["description"] = "A content management system of three components, kept up to date with zero touch",
        ["version"] = "0.0.1",
        ["lifecycleStatus"] = "Launched",
        ["specCharacteristic"] = new JsonArray(
            Text("Service name", mandatory: false),
            Choice("Service package manager", "helm"),
            Text("Base service registry/repository URL"),
            Text("Service artifact identifier in service registry/repository", "cms-ocm"),
            Text(Version),
            Text("Helm Package Configuration", mandatory: false),
            Choice("Cluster Manager", "ocm"),
            Text(ClusterMetadata, mandatory: false),
            Text("Service namespace", mandatory: false),
            Number(Replicas, from: 1, to: 10, byDefault: 1),
            Text(CpuLimit, "250m"),
            Text(MemoryLimit, "256Mi")),
    };

    /// <summary>Characteristics of the order: chart 0.0.1 with a full copy of its values, everything on clusters of one distribution.</summary>
    public static Dictionary<string, string> Order(Uri charts) => new()
    {
        ["Service name"] = "cms",
        ["Service package manager"] = "helm",
        ["Base service registry/repository URL"] = charts.ToString(),
        ["Service artifact identifier in service registry/repository"] = "cms-ocm",
        [Version] = "0.0.1",
        ["Helm Package Configuration"] = Base64(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "charts", "cms-ocm-0.0.1", "values.yaml"))),
        ["Cluster Manager"] = "ocm",
        [ClusterMetadata] = Together(),
        ["Service namespace"] = "default",
        [Replicas] = "1",
        [CpuLimit] = "250m",
        [MemoryLimit] = "256Mi",
    };

    /// <summary>Placement rules that keep the three components on one distribution.</summary>
    public static string Together() => Base64(
        """
        apiVersion: scheduling.p2code.eu/v1alpha1
        kind: P2CodeSchedulingManifest
        metadata:
          name: cms
        spec:
          globalAnnotations:
          - p2code.target.managedClusterSet=default
          - p2code.filter.kubernetes-distribution=kubernetes
          manifests: []
        """);

    /// <summary>Placement rules that move the front end and phpMyAdmin to the other distribution; the database, which holds a claim, stays.</summary>
    public static string Apart() => Base64(
        """
        apiVersion: scheduling.p2code.eu/v1alpha1
        kind: P2CodeSchedulingManifest
        metadata:
          name: cms
        spec:
          globalAnnotations:
          - p2code.target.managedClusterSet=default
          workloadAnnotations:
          - name: web
            annotations: [p2code.filter.kubernetes-distribution=openshift]
          - name: phpmyadmin
            annotations: [p2code.filter.kubernetes-distribution=openshift]
          - name: database
            annotations: [p2code.filter.kubernetes-distribution=kubernetes]
          manifests: []
        """);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static JsonObject Text(string name, string? byDefault = null, bool mandatory = true) =>
        Characteristic(name, "TEXT", mandatory && byDefault is null ? 1 : 0, byDefault is null ? [] : [Value(byDefault, "TEXT", isDefault: true)]);

    private static JsonObject Choice(string name, string only) => Characteristic(name, "ENUM", 0, [Value(only, "ENUM", isDefault: true)]);

    private static JsonObject Number(string name, int from, int to, int byDefault)
    {
        var range = Value(byDefault.ToString(System.Globalization.CultureInfo.InvariantCulture), "INTEGER", isDefault: true);
        range["valueFrom"] = from;
        range["valueTo"] = to;
        range["rangeInterval"] = "closed";
        return Characteristic(name, "INTEGER", 0, [range]);
    }

    private static JsonObject Characteristic(string name, string valueType, int mandatory, JsonNode[] values) => new()
    {
        ["name"] = name,
        ["valueType"] = valueType,
        ["configurable"] = true,
        ["minCardinality"] = mandatory,
        ["maxCardinality"] = 1,
        ["characteristicValueSpecification"] = new JsonArray(values),
    };

    private static JsonObject Value(string value, string valueType, bool isDefault) => new()
    {
        ["isDefault"] = isDefault,
        ["valueType"] = valueType,
        ["value"] = new JsonObject { ["value"] = value, ["alias"] = "" },
    };
}
