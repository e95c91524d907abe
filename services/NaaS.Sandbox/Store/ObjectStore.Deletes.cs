using System.Text.Json.Nodes;
using NaaS.Sandbox.Admission;

namespace NaaS.Sandbox.Store;

internal sealed partial class ObjectStore
{
    private const string OrphanFinalizer = "orphan";
    private const string ForegroundFinalizer = "foregroundDeletion";

    /// <summary>
    /// Deletes an object: at once, or, while finalizers hold it (or it is a pod on a node, which its node lets go with
    /// <see cref="DeleteOptions.Now"/>), by setting its deletionTimestamp. Says whether it is gone, and its last state.
    /// A missing object is a 404.
    /// </summary>
    public (bool Gone, StoredObject Last) Delete(ResourceType type, string? ns, string name, DeleteOptions? options = null)
    {
        options ??= DeleteOptions.Default;
        while (true)
        {
            var current = Get(type, ns, name);
            CheckPreconditions(type, current, options);
            ObjectRules.ForDelete(type, current);
            var wanted = current.Read();
            MarkDeleting(type, wanted, options);
            if (IsReadyToGo(type, wanted))
            {
                if (TryRemove(type, current, wanted, options.DryRun) is { } last)
                {
                    return (true, last);
                }
                continue;
            }
            if (Json.Same(wanted, current.Read()))
            {
                return (false, current);
            }
            if (Commit(type, current, wanted, WriteOptions.Default with { DryRun = options.DryRun }) is { } marked)
            {
                return (false, marked);
            }
        }
    }

    private void MarkDeleting(ResourceType type, JsonObject wanted, DeleteOptions options)
    {
        var meta = wanted.Obj("metadata")!;
        var grace = GracePeriod(type, wanted, options);
        if (!meta.ContainsKey("deletionTimestamp"))
        {
            meta["deletionTimestamp"] = Json.Time(_clock.GetUtcNow().AddSeconds(grace));
            meta["deletionGracePeriodSeconds"] = grace;
            if (type.HasGeneration && meta.Int("generation") is { } generation)
            {
                meta["generation"] = generation + 1;
            }
            SetFinalizers(meta, options.Propagation);
            if (type == Kinds.Namespaces)
            {
                wanted.Need("status")["phase"] = "Terminating";
            }
        }
        else if (grace < (meta.Int("deletionGracePeriodSeconds") ?? 0))
        {
            meta["deletionGracePeriodSeconds"] = grace;
        }
    }

    /// <summary>A pod on a node is stopped by its node; everything else needs no time.</summary>
    private static long GracePeriod(ResourceType type, JsonObject json, DeleteOptions options) =>
        type != Kinds.Pods || json.Str("spec", "nodeName") is null or "" || json.Str("status", "phase") is "Succeeded" or "Failed"
            ? 0
            : options.GracePeriodSeconds ?? json.Int("spec", "terminationGracePeriodSeconds") ?? 30;

    private static void SetFinalizers(JsonObject meta, Propagation? propagation)
    {
        var finalizers = (meta.Arr("finalizers") ?? []).Select(f => f.Str() ?? "").ToList();
        var before = finalizers.Count;
        if (propagation is not null)
        {
            finalizers.RemoveAll(f => f is OrphanFinalizer or ForegroundFinalizer);
        }
        if (propagation is Propagation.Orphan or Propagation.Foreground)
        {
            finalizers.Add(propagation == Propagation.Orphan ? OrphanFinalizer : ForegroundFinalizer);
        }
        if (finalizers.Count > 0)
        {
            meta["finalizers"] = new JsonArray([.. finalizers.Select(f => JsonValue.Create(f))]);
        }
        else if (before > 0)
        {
            meta.Remove("finalizers");
        }
    }

    /// <summary>Whether an object that is being deleted has nothing left to wait for.</summary>
    private static bool IsReadyToGo(ResourceType type, JsonObject json)
    {
        var meta = json.Obj("metadata")!;
        return meta.ContainsKey("deletionTimestamp")
            && meta.Arr("finalizers") is not { Count: > 0 }
            && (meta.Int("deletionGracePeriodSeconds") ?? 0) == 0
            && (type != Kinds.Namespaces || json.Arr("spec", "finalizers") is not { Count: > 0 });
    }

    /// <summary>Takes an object away; null when it changed meanwhile.</summary>
    private StoredObject? TryRemove(ResourceType type, StoredObject current, JsonObject last, bool dryRun)
    {
        var table = Table(type);
        lock (_gate)
        {
            if (!ReferenceEquals(table.Find(current.Namespace, current.Name), current))
            {
                return null;
            }
            if (dryRun)
            {
                return current;
            }
            var stored = new StoredObject(type, Versioned(last));
            table.Remove(current);
            Announce(table, new WatchEvent(WatchEventType.Deleted, _resourceVersion, stored, current));
            return stored;
        }
    }

    private static void CheckPreconditions(ResourceType type, StoredObject current, DeleteOptions options)
    {
        if (options.Uid is not null && options.Uid != current.Uid)
        {
            throw ApiErrors.Conflict(type, current.Name,
                $"Precondition failed: UID in precondition: {options.Uid}, UID in object meta: {current.Uid}");
        }
        var version = current.ResourceVersion.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (options.ResourceVersion is not null && options.ResourceVersion != version)
        {
            throw ApiErrors.Conflict(type, current.Name,
                $"Precondition failed: ResourceVersion in precondition: {options.ResourceVersion}, ResourceVersion in object meta: {version}");
        }
    }
}
