using System.Text.Json.Nodes;
using NaaS.Sandbox.Schemas;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Fields;

/// <summary>Who manages which fields of an object.</summary>
internal static class ManagedFields
{
    public static void Written(Schema schema, JsonObject? before, JsonObject wanted, ResourceType type, WriteOptions options, string now)
    {
        wanted.Obj("metadata")!.Remove("managedFields");
    }

    public static void Applied(Schema schema, JsonObject created, JsonObject config, ResourceType type, WriteOptions options, string now)
    {
    }

    public static bool SameButForTimes(JsonObject before, JsonObject wanted)
    {
        var (a, b) = (before.Copy(), wanted.Copy());
        a.Obj("metadata")!.Remove("resourceVersion");
        b.Obj("metadata")!.Remove("resourceVersion");
        return Json.Same(a, b);
    }
}
