using System.Text.Json.Nodes;
using NaaS.Sandbox.Schemas;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Fields;

/// <summary>Server-side apply.</summary>
internal static class Applier
{
    public static JsonObject Prepare(ResourceType type, string? ns, string name, JsonObject config)
    {
        var mine = config.Copy();
        var meta = mine.Need("metadata");
        meta["name"] = name;
        if (type.Namespaced)
        {
            meta["namespace"] = ns;
        }
        return mine;
    }

    public static JsonObject Merge(Schema schema, ResourceType type, JsonObject before, JsonObject config, WriteOptions options, string now) =>
        throw new NotSupportedException();
}
