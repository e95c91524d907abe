using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Schemas;

/// <summary>The shapes of all kinds that one API server serves, whole objects with apiVersion, kind and metadata.</summary>
internal sealed class KindShapes
{
    private static readonly ConcurrentDictionary<string, Schema> BuiltIn = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Schema> _declared = new(StringComparer.Ordinal);

    /// <summary>The shape of a kind.</summary>
    public Schema Of(ResourceType type) =>
        _declared.TryGetValue(type.GroupResource, out var declared) ? declared : BuiltIn.GetOrAdd($"{type.ApiVersion}/{type.Plural}", _ => Known(type));

    /// <summary>Takes the shape of a kind from its CustomResourceDefinition.</summary>
    public void Declare(ResourceType type, JsonObject? openApi) => _declared[type.GroupResource] = Whole(CrdShapes.From(openApi), type);

    /// <summary>Forgets a declared shape.</summary>
    public void Forget(ResourceType type) => _declared.TryRemove(type.GroupResource, out _);

    private static Schema Known(ResourceType type) =>
        OcmShapes.Of(type) is { } ocm ? Whole(ocm, type)
        : ModelShapes.Of(type.Group, type.Version, type.Kind)
            ?? throw new InvalidOperationException($"no shape is known of {type.ApiVersion} {type.Kind}");

    private static Schema Whole(Schema shape, ResourceType type)
    {
        var text = new Schema { Type = SchemaType.String };
        var fields = new Dictionary<string, Schema>(shape.Fields, StringComparer.Ordinal)
        {
            ["apiVersion"] = text,
            ["kind"] = text,
            ["metadata"] = ModelShapes.Metadata,
        };
        return shape with { FieldsOf = () => fields, Name = DefinitionName(type) };
    }

    /// <summary><c>io.open-cluster-management.work.v1.ManifestWork</c>.</summary>
    private static string DefinitionName(ResourceType type) =>
        string.Join('.', type.Group.Split('.').Reverse().Append(type.Version).Append(type.Kind));
}
