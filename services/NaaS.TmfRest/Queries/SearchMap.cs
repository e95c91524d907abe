using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NaaS.Tmf.Json;

namespace NaaS.TmfRest.Queries;

/// <summary>
/// What of a document can be searched: each attribute path with all the values found there, arrays on the way flattened
/// (<c>serviceOrderItem.service.state</c>). Date-times are in UTC with a fixed width, booleans are text, long texts are left out.
/// The same map is stored beside the document and used in memory, so that all searches give the same answers.
/// </summary>
public sealed class SearchMap
{
    /// <summary>Longer texts cannot be searched.</summary>
    public const int LongestText = 400;

    private readonly SortedDictionary<string, List<JsonValue>> values = new(StringComparer.Ordinal);

    /// <summary>The map of a document.</summary>
    public static SearchMap Of(JsonObject document)
    {
        var map = new SearchMap();
        map.Add("", document);
        return map;
    }

    /// <summary>The map of a document that is stored under an id of its own, of the attributes that are searched.</summary>
    public static SearchMap Of(JsonObject document, string id, Func<string, bool> isSearched)
    {
        var map = new SearchMap();
        map.Add("id", JsonValue.Create(id));
        foreach (var (name, value) in document.Where(attribute => isSearched(attribute.Key)))
        {
            map.Add(name, value);
        }

        return map;
    }

    /// <summary>Values at a path, texts and numbers.</summary>
    public IReadOnlyList<JsonValue> At(string path) => values.TryGetValue(path, out var found) ? found : [];

    /// <summary>The map as JSON: <c>{"state":["active"],...}</c>.</summary>
    public string ToJson()
    {
        var output = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(output, new() { Encoder = TmfJson.Options.Encoder, SkipValidation = true }))
        {
            json.WriteStartObject();
            foreach (var (path, found) in values)
            {
                json.WriteStartArray(path);
                found.ForEach(value => value.WriteTo(json));
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>Path of the value of the element with this name, in arrays whose elements have a name and a value (characteristics).</summary>
    internal static string ByName(string path, string name) => $"{path}[{name.Replace('"', '\'')}]";

    private void Add(string path, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                foreach (var (name, value) in fields)
                {
                    Add(path.Length == 0 ? name : $"{path}.{name}", value);
                }

                break;
            case JsonArray array:
                foreach (var element in array)
                {
                    Add(path, element);
                    AddByName(path, element);
                }

                break;
            case JsonValue value when Scalar(value) is { } scalar:
                Put(path, scalar);
                break;
            default:
                break;
        }
    }

    private void AddByName(string path, JsonNode? element)
    {
        if (element is JsonObject fields && fields["value"] is { } value && fields["name"] is JsonValue name && name.TryGetValue<string>(out var text))
        {
            // OpenSlice wraps each value as {"value":..., "alias":...}.
            Add(ByName(path, text), value is JsonObject wrapped && wrapped.ContainsKey("value") ? wrapped["value"] : value);
        }
    }

    private void Put(string path, JsonValue scalar)
    {
        if (!values.TryGetValue(path, out var found))
        {
            values[path] = found = [];
        }

        if (!found.Any(other => JsonNode.DeepEquals(other, scalar)))
        {
            found.Add(scalar);
        }
    }

    private static JsonValue? Scalar(JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>() is { Length: <= LongestText } text ? JsonValue.Create(Normal(text)) : null,
        JsonValueKind.True => JsonValue.Create("true"),
        JsonValueKind.False => JsonValue.Create("false"),
        JsonValueKind.Number => Number(value),
        _ => null,
    };

    private static JsonValue? Number(JsonValue value) =>
        decimal.TryParse(value.ToJsonString(), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? JsonValue.Create(number)
            : null;

    /// <summary>A text as it is stored in the map.</summary>
    internal static string Normal(string text) => text is [>= '0' and <= '9', ..] && TmfDate.TryParse(text, out var instant) ? TmfDate.Sortable(instant) : text;
}
