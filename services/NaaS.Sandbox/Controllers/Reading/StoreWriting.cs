using System.Text.Json.Nodes;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Reading;

/// <summary>Writes that most controllers make.</summary>
internal static class StoreWriting
{
    /// <summary>Changes an object's status, made where missing. Nothing happens if the object is gone or nothing changes.</summary>
    public static void EditStatus(this ObjectStore store, ResourceType type, string? ns, string name, Action<JsonObject> change, string manager = "sandbox") =>
        store.EditIfThere(
            type, ns, name,
            tree =>
            {
                change(tree.Need("status"));
                return true;
            },
            WriteOptions.Default with { Subresource = "status", Manager = manager });

    /// <summary>Changes an object; nothing happens if it is gone.</summary>
    public static void EditIfThere(
        this ObjectStore store, ResourceType type, string? ns, string name, Func<JsonObject, bool> change, WriteOptions? options = null)
    {
        try
        {
            store.Edit(type, ns, name, change, options);
        }
        catch (ApiStatusException gone) when (gone.Reason == "NotFound")
        {
        }
    }

    /// <summary>Creates the object unless one of its name is there.</summary>
    public static void CreateIfMissing(this ObjectStore store, ResourceType type, JsonObject wanted)
    {
        if (store.Find(type, wanted.Namespace(), wanted.Name()) is not null)
        {
            return;
        }

        try
        {
            store.Create(type, wanted);
        }
        catch (ApiStatusException taken) when (taken.Reason == "AlreadyExists")
        {
        }
    }

    /// <summary>Deletes the object if it is there.</summary>
    public static void DeleteIfThere(this ObjectStore store, ResourceType type, string? ns, string name, DeleteOptions? options = null)
    {
        try
        {
            store.Delete(type, ns, name, options);
        }
        catch (ApiStatusException gone) when (gone.Reason == "NotFound")
        {
        }
    }

    /// <summary>An object of that kind with name and namespace.</summary>
    public static JsonObject New(this ResourceType type, string? ns, string name)
    {
        var metadata = new JsonObject { ["name"] = name };
        if (type.Namespaced)
        {
            metadata["namespace"] = ns;
        }

        return new JsonObject { ["apiVersion"] = type.ApiVersion, ["kind"] = type.Kind, ["metadata"] = metadata };
    }

    /// <summary>An ownerReference to the object as its controller.</summary>
    public static JsonObject AsController(this StoredObject owner) => new()
    {
        ["apiVersion"] = owner.Type.ApiVersion,
        ["kind"] = owner.Type.Kind,
        ["name"] = owner.Name,
        ["uid"] = owner.Uid,
        ["controller"] = true,
        ["blockOwnerDeletion"] = true,
    };
}
