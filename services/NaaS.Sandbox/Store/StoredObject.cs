using System.Globalization;
using System.Text.Json.Nodes;

namespace NaaS.Sandbox.Store;

/// <summary>
/// One stored state of an object: immutable, kept as UTF-8 so that lists and watches send it without serialising again.
/// What stores and controllers ask often is at hand without parsing; <see cref="Read"/> parses afresh.
/// </summary>
internal sealed class StoredObject
{
    private static readonly IReadOnlyDictionary<string, string> NoLabels = new Dictionary<string, string>();

    public StoredObject(ResourceType type, JsonObject json)
    {
        var meta = json.Obj("metadata")!;
        Type = type;
        Namespace = meta.Str("namespace") ?? "";
        Name = meta.Str("name")!;
        Uid = meta.Str("uid")!;
        ResourceVersion = meta.Str("resourceVersion") is { } version ? long.Parse(version, CultureInfo.InvariantCulture) : 0;
        Generation = meta.Int("generation") ?? 0;
        Deleting = meta.ContainsKey("deletionTimestamp");
        Labels = meta.Obj("labels") is { Count: > 0 } labels
            ? labels.ToDictionary(l => l.Key, l => l.Value.Str() ?? "", StringComparer.Ordinal)
            : NoLabels;
        Finalizers = meta.Arr("finalizers") is { Count: > 0 } finalizers ? [.. finalizers.Select(f => f.Str() ?? "")] : [];
        Owners = meta.Arr("ownerReferences") is { Count: > 0 } owners ? [.. owners.Select(OwnerReference.From)] : [];
        Utf8 = Json.Bytes(json);
    }

    public ResourceType Type { get; }

    /// <summary>Namespace, empty for cluster-scoped objects.</summary>
    public string Namespace { get; }

    public string Name { get; }

    public string Uid { get; }

    /// <summary>Version of this state; 0 for what a dry run would have created.</summary>
    public long ResourceVersion { get; }

    public long Generation { get; }

    /// <summary>Whether a deletionTimestamp is set.</summary>
    public bool Deleting { get; }

    public IReadOnlyDictionary<string, string> Labels { get; }

    public IReadOnlyList<string> Finalizers { get; }

    public IReadOnlyList<OwnerReference> Owners { get; }

    /// <summary>The object as JSON.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>A tree of the caller's own: change it freely.</summary>
    public JsonObject Read() => Json.Parse(Utf8.Span);
}

/// <summary>An entry of metadata.ownerReferences.</summary>
internal sealed record OwnerReference(string ApiVersion, string Kind, string Name, string Uid, bool Controller, bool Blocks)
{
    public static OwnerReference From(JsonNode? node) => new(
        node.Str("apiVersion") ?? "", node.Str("kind") ?? "", node.Str("name") ?? "", node.Str("uid") ?? "",
        node.Bool("controller") ?? false, node.Bool("blockOwnerDeletion") ?? false);
}
