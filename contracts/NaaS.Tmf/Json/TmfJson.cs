using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace NaaS.Tmf.Json;

/// <summary>How TMF objects are read and written: lenient in, TM Forum's spelling out.</summary>
public static class TmfJson
{
    /// <summary>Deepest nesting that is read.</summary>
    public const int MaxDepth = 64;

    /// <summary>
    /// Reads states in any letter case, dates without seconds or with nine fraction digits, numbers written as text, and nulls as absent, in arrays too;
    /// writes without nulls. Refuses doubled names.
    /// </summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Reads a document into its model.</summary>
    /// <exception cref="JsonException">An attribute has the wrong form; its path is in the exception.</exception>
    public static T Read<T>(JsonNode document) =>
        document.Deserialize<T>(Options) ?? throw new JsonException($"{typeof(T).Name} is null.");

    /// <summary>Writes a model as a document.</summary>
    public static JsonObject Write(object model) => JsonSerializer.SerializeToNode(model, model.GetType(), Options)!.AsObject();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            NumberHandling = JsonNumberHandling.AllowReadingFromString,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            MaxDepth = MaxDepth,
            AllowDuplicateProperties = false,
        };
        var resolver = new DefaultJsonTypeInfoResolver();
        resolver.Modifiers.Add(DropNullElements);
        options.TypeInfoResolver = resolver;
        options.Converters.Add(new TmfDateConverter());
        options.Converters.Add(new TmfEnumConverter());
        options.MakeReadOnly();
        return options;
    }

    private static void DropNullElements(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => typeof(IList).IsAssignableFrom(property.PropertyType) && property.Set is not null))
        {
            var set = property.Set!;
            property.Set = (target, value) =>
            {
                if (value is IList list)
                {
                    for (var index = list.Count - 1; index >= 0; index--)
                    {
                        if (list[index] is null)
                        {
                            list.RemoveAt(index);
                        }
                    }
                }

                set(target, value);
            };
        }
    }
}
