using System.Text.Json.Nodes;

namespace NaaS.Fulfilment.Bundle;

/// <summary>
/// What an object names and cannot work without: secrets, config maps, accounts, claims, classes, issuers ... Kubernetes and its add-ons spell such
/// references alike everywhere (<c>secretName</c>, <c>configMapRef.name</c>, <c>{kind, name}</c>), so one walk finds them in pods, claims, ingresses
/// and custom resources. A reference to something outside the release does no harm: it leads nowhere.
/// </summary>
internal static class References
{
    private static readonly Dictionary<string, (string Group, string Kind)[]> NamedByText = new(StringComparer.Ordinal)
    {
        ["secretName"] = [("", "Secret")],
        ["credentialName"] = [("", "Secret")],
        ["configMapName"] = [("", "ConfigMap")],
        ["serviceAccountName"] = [("", "ServiceAccount")],
        ["serviceAccount"] = [("", "ServiceAccount")],
        ["claimName"] = [("", "PersistentVolumeClaim")],
        ["volumeName"] = [("", "PersistentVolume")],
        ["storageClassName"] = [("storage.k8s.io", "StorageClass")],
        ["priorityClassName"] = [("scheduling.k8s.io", "PriorityClass")],
        ["runtimeClassName"] = [("node.k8s.io", "RuntimeClass")],
        ["ingressClassName"] = [("networking.k8s.io", "IngressClass")],
        ["gatewayClassName"] = [("gateway.networking.k8s.io", "GatewayClass")],
        ["resourceClaimTemplateName"] = [("resource.k8s.io", "ResourceClaimTemplate")],
        ["resourceClaimName"] = [("resource.k8s.io", "ResourceClaim")],
        ["secretProviderClass"] = [("secrets-store.csi.x-k8s.io", "SecretProviderClass")],
    };

    private static readonly Dictionary<string, (string Group, string Kind)[]> NamedByMapping = new(StringComparer.Ordinal)
    {
        ["secret"] = [("", "Secret")],
        ["secrets"] = [("", "Secret")],
        ["secretRef"] = [("", "Secret")],
        ["secretKeyRef"] = [("", "Secret")],
        ["nodePublishSecretRef"] = [("", "Secret")],
        ["imagePullSecrets"] = [("", "Secret")],
        ["certificateRefs"] = [("", "Secret")],
        ["configMap"] = [("", "ConfigMap")],
        ["configMapRef"] = [("", "ConfigMap")],
        ["configMapKeyRef"] = [("", "ConfigMap")],
        ["issuerRef"] = [("cert-manager.io", "Issuer")],
        ["parentRefs"] = [("gateway.networking.k8s.io", "Gateway")],
        ["middlewares"] = [("traefik.io", "Middleware")],
        ["authenticationRef"] = [("keda.sh", "TriggerAuthentication")],
    };

    private static readonly (string Group, string Kind)[] KeyHolders = [("", "Secret"), ("", "ConfigMap")];

    /// <summary>Everything that the object names, whether or not the release has it.</summary>
    public static IEnumerable<ObjectKey> In(JsonObject o) => ObjectKey.Of(o) switch
    {
        // What these hold is data or a schema, no reference.
        { Kind: "ConfigMap" or "Secret" or "CustomResourceDefinition" } => [],
        // A binding goes along with its subjects and does not bring them.
        { Kind: "RoleBinding" or "ClusterRoleBinding" } binding =>
            Keys([("rbac.authorization.k8s.io", o.Text("roleRef", "kind"))], binding.Namespace, o.Text("roleRef", "name")),
        var key => Walk(o, "", key.Namespace),
    };

    private static IEnumerable<ObjectKey> Walk(JsonNode? node, string field, string @namespace) => node switch
    {
        JsonArray list => list.SelectMany(item => Walk(item, field, @namespace)),
        JsonObject map => [.. Named(map, field, @namespace), .. map.SelectMany(entry => Walk(entry.Value, entry.Key, @namespace))],
        JsonValue when NamedByText.TryGetValue(field, out var kinds) && node.Text() is { Length: > 0 } name => Keys(kinds, @namespace, name),
        _ => [],
    };

    private static IEnumerable<ObjectKey> Named(JsonObject map, string field, string @namespace)
    {
        var name = map.Text("name");
        if (name.Length == 0)
        {
            return [];
        }

        var within = map.Text("namespace") is { Length: > 0 } other ? other : @namespace;
        if (map.Text("kind") is { Length: > 0 } kind)
        {
            // A route's other Services stay with their own pods.
            return kind == "Service" ? [] : Keys([(GroupOf(map), kind)], within, name);
        }

        if (NamedByMapping.TryGetValue(field, out var kinds))
        {
            return Keys(kinds, within, name);
        }

        return map.Text("key").Length > 0 ? Keys(KeyHolders, within, name) : [];
    }

    private static string GroupOf(JsonObject reference)
    {
        var apiVersion = reference.Text("apiVersion");
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 ? apiVersion[..slash] : reference.Text("apiGroup") is { Length: > 0 } group ? group : reference.Text("group");
    }

    /// <summary>Namespaced and cluster-scoped at once, since a reference does not say which its target is.</summary>
    private static IEnumerable<ObjectKey> Keys((string Group, string Kind)[] kinds, string @namespace, string name) =>
        kinds.SelectMany(kind => new ObjectKey[] { new(kind.Group, kind.Kind, @namespace, name), new(kind.Group, kind.Kind, "", name) });
}
