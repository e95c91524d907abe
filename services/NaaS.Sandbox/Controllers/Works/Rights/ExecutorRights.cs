using System.Text.Json.Nodes;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Works.Rights;

/// <summary>What the service account named as a work's executor may do; the agent applies with its own rights, but only what this one may.</summary>
internal static class ExecutorRights
{
    private static readonly string[] Verbs = ["get", "create", "update", "patch", "delete"];

    /// <summary>Whether the executor, if there is one, may do all that applying this object takes; an orphaned object needs no delete.</summary>
    public static bool Allow(ObjectStore cluster, JsonNode? spec, ManifestId id, bool orphan)
    {
        var account = spec.At("executor", "subject", "serviceAccount");
        return account is null || Verbs.Where(verb => !(orphan && verb == "delete")).All(verb => RoleRules.Allow(
            cluster, account.Str("namespace") ?? "", account.Str("name") ?? "", new Action(verb, id.Group, id.Resource, id.Namespace, id.Name)));
    }
}
