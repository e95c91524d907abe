using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Controllers.Works.Rights;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Works;

/// <summary>Puts one manifest of a work onto the cluster by its update strategy.</summary>
internal sealed class ManifestApplier(SimulatedCluster cluster, AgentRights rights, StoredObject applied, JsonNode? spec)
{
    private static readonly string[] MetadataOnly = ["Namespace", "ServiceAccount"];
    private readonly JsonObject _owner = AppliedWork.OwnerReference(applied);

    /// <summary>Applies the manifest; a refusal is part of the answer.</summary>
    public ApplyResult Apply(JsonObject manifest)
    {
        var type = cluster.Store.FindKind(manifest.Str("apiVersion") ?? "", manifest.Kind());
        var id = ManifestId.Of(manifest, type);
        if (type is null)
        {
            return ApplyResult.Failed(id, $"the server doesn't have a resource type \"{id.Kind}\"");
        }

        try
        {
            if (!ExecutorRights.Allow(cluster.Store, spec, id, Orphaning.Spares(spec, id)))
            {
                return new ApplyResult(
                    id, $"not allowed to apply the resource {id.Group} {id.Resource}, {id.Namespace} {id.Name}, will try again in 1m0s", Retry.Minute);
            }

            Apply(manifest, type, id);
            return new ApplyResult(id, null, Retry.None);
        }
        catch (ApiStatusException refused)
        {
            // A conflict of server-side apply waits for the next re-sync, as in OCM.
            var conflict = refused.Code == 409 && refused.Message.StartsWith("Apply failed", StringComparison.Ordinal);
            return new ApplyResult(id, refused.Message, conflict ? Retry.Resync : Retry.Backoff);
        }
    }

    private void Apply(JsonObject manifest, ResourceType type, ManifestId id)
    {
        if (cluster.Faults.Refuse?.Invoke(manifest) is { } reason)
        {
            throw new ApiStatusException(403, "Forbidden", reason);
        }

        var store = cluster.Reach(Path(type, id));
        if (type.Namespaced && id.Namespace.Length == 0)
        {
            throw ApiErrors.MethodNotAllowed();
        }

        rights.Check("get", type, id.Namespace, id.Name);
        var config = ManifestConfig.Of(spec, id);
        var existing = store.Find(type, id.Namespace, id.Name);
        if (config.Strategy == "ReadOnly")
        {
            return;
        }

        rights.Check(existing is null ? "create" : "update", type, id.Namespace, id.Name);
        var orphan = Orphaning.Spares(spec, id);
        var required = Required(manifest, type, id);
        var done = config.Strategy switch
        {
            "ServerSideApply" => store.Apply(
                type, id.Namespace, id.Name, required, WriteOptions.Default with { Manager = config.FieldManager, Force = config.Force }),
            "CreateOnly" when existing is not null => existing,
            _ => existing is null ? Create(store, type, required, orphan) : Update(store, type, existing, required, orphan),
        };
        if (orphan)
        {
            Owners.Remove(store, done, applied.Uid);
        }
        else
        {
            Owners.Add(store, done, _owner);
        }
    }

    private StoredObject Create(ObjectStore store, ResourceType type, JsonObject required, bool orphan)
    {
        if (!orphan)
        {
            Owners.Merge(required, _owner);
        }

        return store.Create(type, required, Owners.Agent);
    }

    // Labels and annotations are merged, everything else of the manifest replaces what is there; what API servers fill in is reset too.
    private StoredObject Update(ObjectStore store, ResourceType type, StoredObject existing, JsonObject required, bool orphan)
    {
        var tree = existing.Read();
        var changed = MergeMap(tree, required, "labels") | MergeMap(tree, required, "annotations");
        changed |= !orphan && Owners.Merge(tree, _owner);
        if (!MetadataOnly.Contains(type.Kind))
        {
            changed |= Replace(tree, required, type);
        }

        if (!changed)
        {
            return existing;
        }

        tree.Need("metadata").Remove("resourceVersion");
        return store.Update(type, tree, Owners.Agent);
    }

    private static bool Replace(JsonObject tree, JsonObject required, ResourceType type)
    {
        var changed = false;
        var names = required.Select(field => field.Key)
            .Union(tree.Select(field => field.Key))
            .Except(["apiVersion", "kind", "metadata", "status"]).ToList();
        foreach (var name in names)
        {
            var wanted = required[name];
            if (wanted is null && (name == "spec" || type == Kinds.Secrets) || Json.Same(tree[name], wanted))
            {
                continue;
            }

            if (type == Kinds.Services && wanted is JsonObject service)
            {
                KeepAllocations(tree[name] as JsonObject, service);
            }

            changed = true;
            if (wanted is null)
            {
                tree.Remove(name);
            }
            else
            {
                tree[name] = wanted.DeepClone();
            }
        }

        return changed;
    }

    private static void KeepAllocations(JsonObject? before, JsonObject service)
    {
        foreach (var name in (string[])["clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "healthCheckNodePort"])
        {
            if (before?[name] is { } allocated && !service.ContainsKey(name))
            {
                service[name] = allocated.DeepClone();
            }
        }
    }

    private static bool MergeMap(JsonObject tree, JsonObject required, string map)
    {
        var changed = false;
        foreach (var (key, value) in required.Obj("metadata", map) ?? [])
        {
            var there = tree.Need("metadata").Need(map);
            if (!Json.Same(there[key], value))
            {
                there[key] = value?.DeepClone();
                changed = true;
            }
        }

        return changed;
    }

    private static JsonObject Required(JsonObject manifest, ResourceType type, ManifestId id)
    {
        var required = manifest.Copy();
        var metadata = required.Need("metadata");
        foreach (var foreign in (string[])["uid", "managedFields", "creationTimestamp", "generation", "ownerReferences", "deletionTimestamp", "selfLink"])
        {
            metadata.Remove(foreign);
        }

        required.Remove("status");
        if (!type.Namespaced)
        {
            metadata.Remove("namespace");
        }

        metadata["name"] = id.Name;
        return required;
    }

    private static string Path(ResourceType type, ManifestId id) =>
        (type.Group.Length == 0 ? $"api/{type.Version}" : $"apis/{type.Group}/{type.Version}")
        + (type.Namespaced ? $"/namespaces/{id.Namespace}" : "") + $"/{type.Plural}/{id.Name}";
}
