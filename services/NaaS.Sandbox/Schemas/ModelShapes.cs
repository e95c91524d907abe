using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using k8s.Models;

namespace NaaS.Sandbox.Schemas;

/// <summary>The shapes of Kubernetes' own kinds, read from KubernetesClient's models when first needed.</summary>
internal static partial class ModelShapes
{
    private static readonly FrozenDictionary<(string Group, string Version, string Kind), Type> Models = typeof(V1Pod).Assembly.GetExportedTypes()
        .Select(t => (Model: t, Entity: t.GetCustomAttribute<KubernetesEntityAttribute>()))
        .Where(m => m.Entity is not null)
        .DistinctBy(m => (m.Entity!.Group, m.Entity.ApiVersion, m.Entity.Kind))
        .ToFrozenDictionary(m => (m.Entity!.Group, m.Entity.ApiVersion, m.Entity.Kind), m => m.Model);

    private static readonly ConcurrentDictionary<Type, Schema> Known = new();

    /// <summary>The shape of metadata.</summary>
    public static Schema Metadata => Object(typeof(V1ObjectMeta));

    /// <summary>The shape of a kind, or null where Kubernetes has no such kind.</summary>
    public static Schema? Of(string group, string version, string kind) =>
        Models.TryGetValue((group, version, kind), out var model) ? Object(model) : null;

    private static Schema Object(Type model) => Known.GetOrAdd(model, static m => new Schema
    {
        Type = SchemaType.Object,
        Name = "io.k8s.api." + DefinitionName(m),
        Atomic = MergeKeys.IsAtomic(Bare(m)),
        FieldsOf = () => Fields(m),
        Required = RequiredFields.Of(Bare(m)),
    });

    private static FrozenDictionary<string, Schema> Fields(Type model) => model.GetProperties()
        .Select(p => (Property: p, Name: p.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name))
        .Where(f => f.Name is not null)
        .ToFrozenDictionary(f => f.Name!, f => MergeKeys.Mark(Bare(model), f.Name!, Value(f.Property.PropertyType) with
        {
            Default = Bare(model) switch
            {
                // Only this default matters to merging by keys; the others are filled in by kind.
                "ContainerPort" or "ServicePort" when f.Name == "protocol" => JsonValue.Create("TCP"),
                _ => null,
            },
        }));

    private static Schema Value(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
        {
            return new Schema { Type = SchemaType.String };
        }
        if (type == typeof(int) || type == typeof(long))
        {
            return new Schema { Type = SchemaType.Integer, Format = type == typeof(int) ? "int32" : "int64" };
        }
        if (type == typeof(bool))
        {
            return new Schema { Type = SchemaType.Boolean };
        }
        if (type == typeof(double))
        {
            return new Schema { Type = SchemaType.Number, Format = "double" };
        }
        if (type == typeof(DateTime))
        {
            return new Schema { Type = SchemaType.String, Format = "date-time" };
        }
        if (type == typeof(byte[]))
        {
            return new Schema { Type = SchemaType.String, Format = "byte" };
        }
        if (type == typeof(IntOrString))
        {
            return new Schema { Type = SchemaType.IntOrString };
        }
        if (type == typeof(ResourceQuantity))
        {
            return new Schema { Type = SchemaType.IntOrString, Format = "quantity" };
        }
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IDictionary<,>))
        {
            var value = type.GetGenericArguments()[1];
            return new Schema { Type = SchemaType.Map, ItemsOf = () => Value(value) };
        }
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IList<>))
        {
            var item = type.GetGenericArguments()[0];
            return new Schema { Type = SchemaType.List, ItemsOf = () => Value(item) };
        }
        return type.Namespace == typeof(V1Pod).Namespace && type.IsClass ? Object(type) : Schema.Anything;
    }

    /// <summary><c>V1PodSpec</c> is PodSpec; <c>Corev1Event</c> is Event.</summary>
    private static string Bare(Type model) => VersionPrefix().Replace(model.Name, "");

    private static string DefinitionName(Type model)
    {
        var bare = Bare(model);
        var prefix = model.Name[..^bare.Length];
        return $"{prefix.ToLowerInvariant()}.{bare}";
    }

    [GeneratedRegex("^(?:[A-Z][a-z]+)?[vV][0-9]+(?:(?:alpha|beta)[0-9]+)?(?=[A-Z])")]
    private static partial Regex VersionPrefix();
}
