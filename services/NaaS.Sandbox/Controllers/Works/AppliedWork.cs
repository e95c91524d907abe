using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Works;

/// <summary>AppliedManifestWorks: the cluster-side owner of all that a work applied.</summary>
internal static class AppliedWork
{
    public const string Finalizer = "cluster.open-cluster-management.io/applied-manifest-work-cleanup";

    private const int LongestName = 253;
    private static readonly string HubHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("https://hub.sandbox.naas.example")));

    /// <summary>The name for a work, null where it would be too long; such a work never gets a status.</summary>
    public static string? NameOf(string work) => HubHash.Length + 1 + work.Length > LongestName ? null : $"{HubHash}-{work}";

    /// <summary>The work of an AppliedManifestWork's name.</summary>
    public static string WorkOf(string name) => name[(HubHash.Length + 1)..];

    /// <summary>The AppliedManifestWork, made where missing.</summary>
    public static StoredObject Ensure(ObjectStore cluster, string name, string agent)
    {
        if (cluster.Find(Kinds.AppliedManifestWorks, null, name) is { } found)
        {
            return found;
        }

        var applied = Kinds.AppliedManifestWorks.New(null, name);
        applied.Need("metadata")["finalizers"] = new JsonArray(Finalizer);
        applied["spec"] = new JsonObject { ["hubHash"] = HubHash, ["agentID"] = agent, ["manifestWorkName"] = WorkOf(name) };
        return cluster.Create(Kinds.AppliedManifestWorks, applied);
    }

    /// <summary>The ownerReference that applied objects carry.</summary>
    public static JsonObject OwnerReference(StoredObject applied) => new()
    {
        ["apiVersion"] = Kinds.AppliedManifestWorks.ApiVersion,
        ["kind"] = Kinds.AppliedManifestWorks.Kind,
        ["name"] = applied.Name,
        ["uid"] = applied.Uid,
    };

    /// <summary>Notes what is applied now, after deleting what the work no longer names.</summary>
    public static void Sync(ObjectStore cluster, StoredObject applied, IReadOnlyList<AppliedResource> now)
    {
        var before = applied.Read().Items("status", "appliedResources").Select(AppliedResource.Of).ToList();
        var dropped = before.Where(old => !now.Any(resource => resource.SameObject(old))).ToList();
        var pending = Delete(cluster, applied, dropped);
        var wanted = Sorted([.. now, .. pending]);
        if (!before.SequenceEqual(wanted))
        {
            Write(cluster, applied.Name, wanted);
        }
    }

    /// <summary>
    /// Deletes those of the objects that this work alone owns, in the background. Objects of other works only lose this owner, foreign
    /// ones are left. Gives those that are not gone yet.
    /// </summary>
    public static List<AppliedResource> Delete(ObjectStore cluster, StoredObject applied, IEnumerable<AppliedResource> resources)
    {
        var pending = new List<AppliedResource>();
        foreach (var resource in resources)
        {
            if (cluster.FindType(resource.Group, resource.Resource) is not { } type
                || cluster.Find(type, resource.Namespace, resource.Name) is not { } found
                || found.Owners.All(owner => owner.Uid != applied.Uid))
            {
                continue;
            }

            if (found.Owners.Any(owner => owner.Uid != applied.Uid && owner.Kind == Kinds.AppliedManifestWorks.Kind))
            {
                Owners.Remove(cluster, found, applied.Uid);
            }
            else if (found.Uid == resource.Uid)
            {
                if (!found.Deleting)
                {
                    cluster.DeleteIfThere(type, resource.Namespace, resource.Name, new DeleteOptions { Uid = resource.Uid, Propagation = Propagation.Background });
                }

                if (cluster.Find(type, resource.Namespace, resource.Name)?.Uid == resource.Uid)
                {
                    pending.Add(resource);
                }
            }
        }

        return pending;
    }

    public static void Write(ObjectStore cluster, string name, IEnumerable<AppliedResource> resources) =>
        cluster.EditStatus(Kinds.AppliedManifestWorks, null, name, status =>
            status["appliedResources"] = new JsonArray([.. resources.Select(resource => resource.ToJson())]));

    private static List<AppliedResource> Sorted(IEnumerable<AppliedResource> resources) =>
    [
        .. resources.OrderBy(r => r.Group, StringComparer.Ordinal).ThenBy(r => r.Version, StringComparer.Ordinal)
            .ThenBy(r => r.Resource, StringComparer.Ordinal).ThenBy(r => r.Namespace, StringComparer.Ordinal).ThenBy(r => r.Name, StringComparer.Ordinal),
    ];
}
