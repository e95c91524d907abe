using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Works.Rights;

/// <summary>An action on one object, as RBAC sees it.</summary>
internal sealed record Action(string Verb, string Group, string Resource, string Namespace, string Name);

/// <summary>Kubernetes' role-based access control over the Roles and bindings of a cluster.</summary>
internal static class RoleRules
{
    /// <summary>Whether a service account may do it, by bindings in the object's namespace or for the whole cluster.</summary>
    public static bool Allow(ObjectStore cluster, string accountNamespace, string account, Action action)
    {
        var bindings = cluster.List(Kinds.ClusterRoleBindings).Read()
            .Concat(action.Namespace.Length > 0 ? cluster.List(Kinds.RoleBindings, action.Namespace).Read() : []);
        return bindings.Where(binding => Binds(binding, accountNamespace, account))
            .Select(binding => RoleOf(cluster, binding)).Any(role => Allows(role, action));
    }

    /// <summary>Whether the rules of a Role or ClusterRole cover the action.</summary>
    public static bool Allows(JsonNode? role, Action action) => role.Items("rules").Any(rule =>
        Covers(rule, "verbs", action.Verb) && Covers(rule, "apiGroups", action.Group) && Covers(rule, "resources", action.Resource)
        && (rule.Arr("resourceNames") is not { Count: > 0 } || rule.Texts("resourceNames").Contains(action.Name)));

    private static bool Binds(JsonObject binding, string ns, string account) => binding.Items("subjects").Any(subject =>
        (subject.Str("kind") == "ServiceAccount" && subject.Str("name") == account && (subject.Str("namespace") ?? binding.Namespace()) == ns)
        || (subject.Str("kind") == "User" && subject.Str("name") == $"system:serviceaccount:{ns}:{account}")
        || (subject.Str("kind") == "Group" && (subject.Str("name") is "system:serviceaccounts" || subject.Str("name") == $"system:serviceaccounts:{ns}")));

    private static JsonObject? RoleOf(ObjectStore cluster, JsonObject binding)
    {
        var name = binding.Str("roleRef", "name") ?? "";
        return binding.Str("roleRef", "kind") == "Role"
            ? cluster.Find(Kinds.Roles, binding.Namespace(), name)?.Read()
            : name == "cluster-admin" && cluster.Find(Kinds.ClusterRoles, null, name) is null ? Everything : cluster.Find(Kinds.ClusterRoles, null, name)?.Read();
    }

    private static bool Covers(JsonNode rule, string list, string value) => rule.Texts(list) is var values && (values.Contains(value) || values.Contains("*"));

    private static JsonObject Everything => new()
    {
        ["rules"] = new JsonArray(new JsonObject { ["verbs"] = new JsonArray("*"), ["apiGroups"] = new JsonArray("*"), ["resources"] = new JsonArray("*") }),
    };
}
