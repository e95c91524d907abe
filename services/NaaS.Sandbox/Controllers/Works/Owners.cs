using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Works;

/// <summary>The work agent's ownerReferences on applied objects.</summary>
internal static class Owners
{
    public static readonly WriteOptions Agent = WriteOptions.Default with { Manager = "work-agent" };

    /// <summary>Adds the owner unless it is there.</summary>
    public static void Add(ObjectStore cluster, StoredObject found, JsonObject owner)
    {
        if (found.Owners.Any(there => there.Uid == owner.Str("uid")))
        {
            return;
        }

        cluster.EditIfThere(found.Type, found.Namespace, found.Name, tree => Merge(tree, owner), Agent);
    }

    /// <summary>Removes the owner if it is there.</summary>
    public static void Remove(ObjectStore cluster, StoredObject found, string uid)
    {
        if (found.Owners.All(there => there.Uid != uid))
        {
            return;
        }

        cluster.EditIfThere(
            found.Type, found.Namespace, found.Name,
            tree =>
            {
                var metadata = tree.Need("metadata");
                var left = metadata.Items("ownerReferences").Where(there => there.Str("uid") != uid).Select(there => there.DeepClone()).ToArray();
                if (left.Length == 0)
                {
                    metadata.Remove("ownerReferences");
                }
                else
                {
                    metadata["ownerReferences"] = new JsonArray(left);
                }

                return true;
            },
            Agent);
    }

    /// <summary>Adds the owner to a tree; says whether it was missing.</summary>
    public static bool Merge(JsonObject tree, JsonObject owner)
    {
        var metadata = tree.Need("metadata");
        if (tree.HasOwner(owner.Str("uid") ?? ""))
        {
            return false;
        }

        var owners = metadata.Arr("ownerReferences");
        if (owners is null)
        {
            metadata["ownerReferences"] = owners = [];
        }

        owners.Add(owner.DeepClone());
        return true;
    }
}
