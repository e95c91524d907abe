using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using NaaS.Tmf.Json;
using NaaS.Tmf.Shared;

namespace NaaS.TmfRest.Queries;

/// <summary>An attribute that a query names, found in the model.</summary>
/// <param name="Path">Path in the <see cref="SearchMap"/>.</param>
/// <param name="Kind">How its values compare.</param>
/// <param name="Spellings">The official values of an enumeration by any spelling; null for others.</param>
/// <param name="IsObject">Whether it has attributes of its own, so that what follows its name is one of them and no operator.</param>
internal sealed record AttributePath(string Path, AttributeKind Kind, IReadOnlyDictionary<string, string>? Spellings = null, bool IsObject = false)
{
    private static readonly ConcurrentDictionary<(Type Model, string Name), AttributePath?> Known = new();

    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal)
    {
        ["type"] = "@type",
        ["baseType"] = "@baseType",
        ["uuid"] = "id",
        ["orderItem"] = "serviceOrderItem",
        ["serviceSpecCharacteristic"] = "specCharacteristic",
    };

    /// <summary>
    /// The attribute with this dotted name; null where the model has none. <c>serviceCharacteristic.NAME</c> is the value of the characteristic
    /// with that name.
    /// </summary>
    public static AttributePath? Find(Type model, string name) =>
        // Only names that exist are remembered, or clients could fill the memory.
        Known.TryGetValue((model, name), out var known) ? known : Search(model, name) is { } found ? Known.GetOrAdd((model, name), found) : null;

    private static AttributePath? Search(Type model, string name)
    {
        var path = "";
        var rest = name;
        var type = model;
        while (true)
        {
            var dot = rest.IndexOf('.', StringComparison.Ordinal);
            var segment = dot < 0 ? rest : rest[..dot];
            var property = Property(type, segment) ?? (Aliases.TryGetValue(segment, out var alias) ? Property(type, alias) : null);
            if (property is null)
            {
                return type == typeof(Characteristic) && rest.Length > 0 ? new AttributePath(SearchMap.ByName(path, rest), AttributeKind.Any) : null;
            }

            path = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            type = Element(property.PropertyType);
            if (typeof(JsonNode).IsAssignableFrom(type))
            {
                return new AttributePath(dot < 0 ? path : $"{path}.{rest[(dot + 1)..]}", AttributeKind.Any);
            }

            if (dot < 0)
            {
                return Leaf(path, type);
            }

            rest = rest[(dot + 1)..];
        }
    }

    private static AttributePath Leaf(string path, Type type)
    {
        if (type.IsEnum)
        {
            var names = Enum.GetNames(type)
                .Select(value => (JsonStringEnumMemberNameAttribute?)Attribute.GetCustomAttribute(type.GetField(value)!, typeof(JsonStringEnumMemberNameAttribute)))
                .Select(attribute => attribute!.Name);
            return new AttributePath(path, AttributeKind.Text, names.ToDictionary(value => value, StringComparer.OrdinalIgnoreCase));
        }

        var number = type == typeof(int) || type == typeof(decimal);
        return new AttributePath(path, number ? AttributeKind.Number : AttributeKind.Text, IsObject: typeof(Extensible).IsAssignableFrom(type));
    }

    private static System.Text.Json.Serialization.Metadata.JsonPropertyInfo? Property(Type type, string name) =>
        typeof(Extensible).IsAssignableFrom(type) || type == typeof(Tmf.Events.TmfEvent)
            ? TmfJson.Options.GetTypeInfo(type).Properties.FirstOrDefault(property => property.Name == name && !property.IsExtensionData)
            : null;

    private static Type Element(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>) ? type.GetGenericArguments()[0] : Nullable.GetUnderlyingType(type) ?? type;
}
