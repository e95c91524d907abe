using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Controllers.Works;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Tests.Controllers.Works;

/// <summary>What tests of the work agent do and look at.</summary>
internal static class WorkSteps
{
    /// <summary>Creates a work on a cluster from manifests and the rest of its spec, both JSON.</summary>
    public static void Deliver(this SimulatedHub hub, string name, string manifests, string rest = "{}", string cluster = "c1")
    {
        var work = Kinds.ManifestWorks.New(cluster, name);
        work["spec"] = JsonNode.Parse(rest)!.AsObject();
        work["spec"]!["workload"] = new JsonObject { ["manifests"] = JsonNode.Parse($"[{manifests}]") };
        hub.Hub.Create(Kinds.ManifestWorks, work);
    }

    /// <summary>Changes a work's spec.</summary>
    public static void Redeliver(this SimulatedHub hub, string name, Action<JsonObject> change, string cluster = "c1") =>
        hub.Hub.Edit(Kinds.ManifestWorks, cluster, name, work =>
        {
            change(work["spec"]!.AsObject());
            return true;
        });

    public static JsonObject? Work(this SimulatedHub hub, string name, string cluster = "c1") => hub.Read(Kinds.ManifestWorks, cluster, name);

    /// <summary>Waits until Applied has this status for the work's present generation, and what is applied is noted on the cluster, which comes a moment later.</summary>
    public static Task UntilApplied(this SimulatedHub hub, string name, string cluster = "c1", string status = "True") => hub.Until(
        () => hub.Work(name, cluster) is { } work && work.Condition("Applied").Str("status") == status
            && work.Condition("Applied").Int("observedGeneration") == work.Generation()
            && (status != "True" || hub.IsNoted(work, cluster)),
        $"work {name} on {cluster} is Applied {status}");

    private static bool IsNoted(this SimulatedHub hub, JsonObject work, string cluster)
    {
        var noted = hub.Read(Kinds.AppliedManifestWorks, null, AppliedWork.NameOf(work.Name())!, cluster).Items("status", "appliedResources")
            .Select(resource => (resource.Str("resource"), resource.Str("namespace") ?? "", resource.Str("name"))).ToHashSet();
        return work.Items("status", "resourceStatus", "manifests").Select(manifest => manifest["resourceMeta"])
            .All(meta => noted.Contains((meta.Str("resource"), meta.Str("namespace") ?? "", meta.Str("name"))));
    }

    public static JsonNode? Manifest(this JsonObject? work, int ordinal) =>
        work.Items("status", "resourceStatus", "manifests").FirstOrDefault(entry => entry.Int("resourceMeta", "ordinal") == ordinal);

    /// <summary>Condition of a manifest as <c>status/reason/message</c>.</summary>
    public static string? ManifestCondition(this JsonObject? work, int ordinal, string type) =>
        work.Manifest(ordinal).Items("conditions").FirstOrDefault(condition => condition.Str("type") == type) is { } found
            ? $"{found.Str("status")}/{found.Str("reason")}/{found.Str("message")}" : null;

    /// <summary>Condition of the work as <c>status/reason/message</c>.</summary>
    public static string? WorkCondition(this JsonObject? work, string type) =>
        work.Condition(type) is { } found ? $"{found.Str("status")}/{found.Str("reason")}/{found.Str("message")}" : null;

    /// <summary>Feedback values of a manifest by name.</summary>
    public static Dictionary<string, string> FeedbackOf(this JsonObject? work, int ordinal) =>
        work.Manifest(ordinal).Items("statusFeedback", "values").ToDictionary(
            value => value.Str("name")!,
            value => (value.At("fieldValue", "integer") ?? value.At("fieldValue", "string") ?? value.At("fieldValue", "boolean"))!.ToString());

    public static string ConfigMap(string name, string data = """{"a":"1"}""", string ns = "default") =>
        $$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{name}}","namespace":"{{ns}}"},"data":{{data}}}""";

    public static string Deployment(string name, int replicas = 1, string image = "registry.example/app:1", string ns = "default", string annotations = "{}") =>
        $$$"""
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"{{{name}}}","namespace":"{{{ns}}}","labels":{"app":"{{{name}}}"},"annotations":{{{annotations}}} },
         "spec":{"replicas":{{{replicas}}},"selector":{"matchLabels":{"app":"{{{name}}}"}},
                 "template":{"metadata":{"labels":{"app":"{{{name}}}"}},"spec":{"containers":[{"name":"c","image":"{{{image}}}"}]} } } }
        """;
}
