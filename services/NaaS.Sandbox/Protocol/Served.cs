using System.Text.Json.Nodes;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Protocol;

/// <summary>A kind as it is served under one group and version.</summary>
/// <param name="Group">Group in the path.</param>
/// <param name="Version">Version in the path.</param>
/// <param name="Type">The kind as stored.</param>
/// <param name="Conversion">Between the two, or null where they are the same.</param>
internal sealed record Served(string Group, string Version, ResourceType Type, Conversion? Conversion)
{
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>An object as the client sees it.</summary>
    public JsonObject Out(JsonObject stored) => Conversion is null ? stored : Conversion.Out(stored, ApiVersion);

    /// <summary>An object as it is stored.</summary>
    public JsonObject In(JsonObject wire) => Conversion is null ? wire : Conversion.In(wire, Type.ApiVersion);

    /// <summary>The bytes as the client sees them.</summary>
    public ReadOnlyMemory<byte> Bytes(StoredObject item) => Conversion is null ? item.Utf8 : Json.Bytes(Out(item.Read()));

    /// <summary>The kind under this group and version, or null.</summary>
    public static Served? Find(ObjectStore store, string group, string version, string plural)
    {
        if (group == "events.k8s.io" && version == "v1" && plural == "events")
        {
            return new Served(group, version, Kinds.Events, Conversion.Events);
        }
        var type = store.FindType(group, plural);
        return type is not null && type.Versions.Contains(version) ? Of(type, version) : null;
    }

    /// <summary>All kinds under all groups and versions.</summary>
    public static IEnumerable<Served> All(ObjectStore store) =>
        store.Types.SelectMany(t => t.Versions.Select(v => Of(t, v))).Append(new Served("events.k8s.io", "v1", Kinds.Events, Conversion.Events));

    private static Served Of(ResourceType type, string version) => new(type.Group, version, type,
        version == type.Version ? null : type == Kinds.HorizontalPodAutoscalers ? Conversion.Autoscalers : Conversion.NameOnly);
}
