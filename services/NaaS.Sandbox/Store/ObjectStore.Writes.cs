using System.Globalization;
using System.Text.Json.Nodes;
using NaaS.Sandbox.Admission;
using NaaS.Sandbox.Fields;
using NaaS.Sandbox.Patching;

namespace NaaS.Sandbox.Store;

internal sealed partial class ObjectStore
{
    private const int LargestObject = 1536 * 1024;

    /// <summary>Creates an object. generateName is honoured; an object of that name is a 409.</summary>
    public StoredObject Create(ResourceType type, JsonObject input, WriteOptions? options = null)
    {
        options ??= WriteOptions.Default;
        var wanted = _rules.ForCreate(type, input, options);
        ManagedFields.Written(_rules.SchemaOf(type), null, wanted, type, options, Now);
        return Commit(type, null, wanted, options) ?? throw ApiErrors.AlreadyExists(type, wanted.Obj("metadata").Str("name")!);
    }

    /// <summary>
    /// Replaces an object, status apart. A resourceVersion in it must be the present one (409 otherwise); generation rises when what is
    /// wanted changes; nothing happens when nothing changes.
    /// </summary>
    public StoredObject Update(ResourceType type, JsonObject input, WriteOptions? options = null)
    {
        var meta = input.Obj("metadata");
        var name = meta.Str("name") ?? "";
        return Change(type, meta.Str("namespace"), name, options ?? WriteOptions.Default, _ => input);
    }

    /// <summary>Replaces an object's status only.</summary>
    public StoredObject UpdateStatus(ResourceType type, JsonObject input, WriteOptions? options = null) =>
        Update(type, input, (options ?? WriteOptions.Default) with { Subresource = "status" });

    /// <summary>
    /// Reads, changes and writes, again when somebody else was faster. <paramref name="change"/> alters the tree it is given and says
    /// whether there is anything to write. A missing object is a 404.
    /// </summary>
    public StoredObject Edit(ResourceType type, string? ns, string name, Func<JsonObject, bool> change, WriteOptions? options = null) =>
        Change(type, ns, name, options ?? WriteOptions.Default, current =>
        {
            var mine = current.Read();
            return change(mine) ? mine : null;
        });

    /// <summary>
    /// Patches an object (or its status, by <see cref="WriteOptions.Subresource"/>); the patch may speak of another version than the stored
    /// one, if it is told how to convert.
    /// </summary>
    public StoredObject Patch(
        ResourceType type, string? ns, string name, PatchKind kind, JsonNode patch, WriteOptions? options = null,
        (Func<JsonObject, JsonObject> Out, Func<JsonObject, JsonObject> In)? conversion = null) =>
        Change(type, ns, name, options ?? WriteOptions.Default, current =>
        {
            var tree = conversion is { } to ? to.Out(current.Read()) : current.Read();
            var patched = kind switch
            {
                PatchKind.Json => JsonPatch.Apply(tree, patch),
                PatchKind.Merge => MergePatch.Apply(tree, patch),
                _ => StrategicPatch.Apply(_rules.SchemaOf(type), tree, patch),
            };
            return conversion is { } back ? back.In(patched) : patched;
        });

    /// <summary>
    /// Server-side apply: <paramref name="config"/> is all that <see cref="WriteOptions.Manager"/> wants. Creates the object where missing.
    /// Fields of other managers with another value are a 409, unless forced.
    /// </summary>
    public StoredObject Apply(ResourceType type, string? ns, string name, JsonObject config, WriteOptions options)
    {
        while (true)
        {
            var applied = Applier.Prepare(_rules.SchemaOf(type), type, ns, name, config, options);
            if (!TryFind(type, ns, name, out var current))
            {
                if (options.Subresource is not null)
                {
                    throw ApiErrors.NotFound(type, name);
                }
                var created = _rules.ForCreate(type, applied, options);
                ManagedFields.Applied(_rules.SchemaOf(type), created, applied, type, options, Now);
                if (Commit(type, null, created, options) is { } made)
                {
                    return made;
                }
                continue;
            }
            var before = current.Read();
            if (applied.Obj("metadata").Str("resourceVersion") is { } version && version != before.Obj("metadata").Str("resourceVersion"))
            {
                throw ApiErrors.Modified(type, name);
            }
            var merged = Applier.Merge(_rules.SchemaOf(type), type, before, applied, options, Now);
            if (TryReplace(type, current, before, merged, options with { ApplyTracked = true }) is { } done)
            {
                return done;
            }
        }
    }

    private string Now => Json.Time(_clock.GetUtcNow());

    /// <summary>Changes an object by a function of its present state; null from it means there is nothing to write.</summary>
    private StoredObject Change(ResourceType type, string? ns, string name, WriteOptions options, Func<StoredObject, JsonObject?> change)
    {
        while (true)
        {
            var current = Get(type, ns, name);
            if (change(current) is not { } input)
            {
                return current;
            }
            var before = current.Read();
            ObjectRules.CheckVersion(type, current, input);
            var replaced = options.Subresource == "status"
                ? TryReplaceStatus(type, current, before, input["status"], options)
                : TryReplace(type, current, before, input.Copy(), options);
            if (replaced is { } done)
            {
                return done;
            }
        }
    }

    /// <summary>Checks the new state and puts it in place; null when the object changed meanwhile.</summary>
    private StoredObject? TryReplace(ResourceType type, StoredObject current, JsonObject before, JsonObject wanted, WriteOptions options)
    {
        _rules.ForUpdate(type, before, wanted, options);
        if (!options.ApplyTracked)
        {
            ManagedFields.Written(_rules.SchemaOf(type), before, wanted, type, options, Now);
        }
        if (ManagedFields.SameButForTimes(before, wanted))
        {
            return current;
        }
        if (IsReadyToGo(type, wanted))
        {
            return TryRemove(type, current, wanted, options.DryRun);
        }
        return Commit(type, current, wanted, options);
    }

    /// <summary>Checks a new status and puts it in place; null when the object changed meanwhile.</summary>
    private StoredObject? TryReplaceStatus(ResourceType type, StoredObject current, JsonObject json, JsonNode? input, WriteOptions options)
    {
        var status = _rules.ForStatus(type, current.Name, input, options);
        json.Remove("status", out var before);
        if (Json.Same(before, status))
        {
            return current;
        }
        if (status is not null)
        {
            json["status"] = status;
        }
        ManagedFields.StatusWritten(_rules.SchemaOf(type), before, json, type, options, Now);
        return Commit(type, current, json, options);
    }

    /// <summary>Puts a checked state in place; null when <paramref name="expected"/> is no longer the present one.</summary>
    private StoredObject? Commit(ResourceType type, StoredObject? expected, JsonObject wanted, WriteOptions options)
    {
        var table = Table(type);
        var meta = wanted.Obj("metadata")!;
        lock (_gate)
        {
            var present = table.Find(meta.Str("namespace") ?? "", meta.Str("name")!);
            if (!ReferenceEquals(present, expected))
            {
                return null;
            }
            if (options.DryRun)
            {
                if (expected is not null)
                {
                    meta["resourceVersion"] = expected.ResourceVersion.ToString(CultureInfo.InvariantCulture);
                }
                return new StoredObject(type, wanted);
            }
            var stored = new StoredObject(type, Versioned(wanted));
            if (stored.Utf8.Length > LargestObject)
            {
                throw new ApiStatusException(500, "", "etcdserver: request is too large");
            }
            table.Put(stored);
            Announce(table, new WatchEvent(expected is null ? WatchEventType.Added : WatchEventType.Modified, _resourceVersion, stored, expected));
            return stored;
        }
    }

    private JsonObject Versioned(JsonObject json)
    {
        json.Obj("metadata")!["resourceVersion"] = (++_resourceVersion).ToString(CultureInfo.InvariantCulture);
        return json;
    }

    private void Announce(TypeTable table, WatchEvent happened)
    {
        if (happened.Object!.Type == Kinds.CustomResourceDefinitions)
        {
            Follow(happened);
        }
        table.Announce(happened);
        Changed?.Invoke(happened);
    }

    /// <summary>Serves what a definition declares, from the moment that it is stored.</summary>
    private void Follow(WatchEvent happened)
    {
        var (type, openApi) = Definitions.Declared(happened.Object!.Read());
        if (happened.Type == WatchEventType.Deleted)
        {
            _tables.TryRemove(type.GroupResource, out var table);
            table?.Forget(_resourceVersion, ApiErrors.NoSuchResource());
            _rules.Shapes.Forget(type);
            return;
        }
        _rules.Shapes.Declare(type, openApi);
        Serve(type);
    }
}
