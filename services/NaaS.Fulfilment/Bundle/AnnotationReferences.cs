using System.Text.Json;
using System.Text.Json.Nodes;

namespace NaaS.Fulfilment.Bundle;

/// <summary>References that add-ons keep in annotations.</summary>
internal static class AnnotationReferences
{
    private const string Networks = "k8s.v1.cni.cncf.io/networks";

    private static readonly Dictionary<string, (string Group, string Kind)> ByAnnotation = new(StringComparer.Ordinal)
    {
        ["cert-manager.io/issuer"] = ("cert-manager.io", "Issuer"),
        ["cert-manager.io/cluster-issuer"] = ("cert-manager.io", "ClusterIssuer"),
        ["cert-manager.io/inject-ca-from"] = ("cert-manager.io", "Certificate"),
        ["cert-manager.io/inject-ca-from-secret"] = ("", "Secret"),
        ["nginx.ingress.kubernetes.io/auth-secret"] = ("", "Secret"),
        ["nginx.ingress.kubernetes.io/auth-tls-secret"] = ("", "Secret"),
    };

    /// <summary>What an object's own annotations name, <c>name</c> or <c>namespace/name</c>.</summary>
    public static IEnumerable<ObjectKey> In(JsonObject o, string @namespace) =>
        o.Pairs("metadata", "annotations")
            .Where(annotation => ByAnnotation.ContainsKey(annotation.Key) && annotation.Value.Length > 0)
            .Select(annotation => Key(ByAnnotation[annotation.Key], annotation.Value, @namespace));

    /// <summary>Networks that Multus attaches to a workload's pods: a list of <c>namespace/name@interface</c>, or JSON.</summary>
    public static IEnumerable<ObjectKey> NetworksOf(Workload workload)
    {
        var kind = ("k8s.cni.cncf.io", "NetworkAttachmentDefinition");
        var text = workload.PodAnnotations.GetValueOrDefault(Networks, "").Trim();
        return text.StartsWith('[')
            ? Json(text).Maps().Select(network => Key(
                kind, network.Text("name"), network.Text("namespace") is { Length: > 0 } other ? other : workload.Key.Namespace))
            : text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(network => Key(kind, network.Split('@')[0], workload.Key.Namespace));
    }

    private static ObjectKey Key((string Group, string Kind) kind, string text, string @namespace) =>
        text.Split('/', 2) is [var other, var name]
            ? new(kind.Group, kind.Kind, other, name)
            : new(kind.Group, kind.Kind, kind.Kind.StartsWith("Cluster", StringComparison.Ordinal) ? "" : @namespace, text);

    private static JsonNode? Json(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            // Multus would not read it either: the annotation names no network.
            return null;
        }
    }
}
