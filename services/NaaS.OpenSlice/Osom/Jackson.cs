using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NaaS.OpenSlice.Osom;

/// <summary>
/// Reads replies as OpenSlice's Jackson does: unknown members are skipped, but a value of the wrong kind breaks the whole reply, and a list that
/// is null makes the code behind it fail. What breaks there throws here.
/// </summary>
internal static partial class Jackson
{
    private static readonly string[] OrderStates =
        ["INITIAL", "ACKNOWLEDGED", "REJECTED", "PENDING", "HELD", "INPROGRESS", "CANCELLED", "COMPLETED", "FAILED", "PARTIAL"];

    private static readonly string[] ServiceStates = ["feasibilityChecked", "designed", "reserved", "inactive", "active", "terminated"];

    private static readonly HashSet<string> Dates =
    [
        "orderDate", "completionDate", "expectedCompletionDate", "requestedStartDate", "requestedCompletionDate", "startDate", "endDate", "lastUpdate",
        "date", "startDateTime", "endDateTime",
    ];

    private static readonly HashSet<string> Texts =
        ["id", "uuid", "name", "description", "version", "text", "author", "@type", "valueType", "href", "externalId", "lifecycleStatus", "serviceDate", "startMode", "regex"];

    private static readonly HashSet<string> Flags = ["isBundle", "hasStarted", "isServiceEnabled", "isStateful", "configurable", "isDefault", "isRoot"];

    private static readonly HashSet<string> Lists =
    [
        "orderItem", "note", "relatedParty", "serviceCharacteristic", "supportingService", "supportingResource", "serviceRelationship", "place",
        "orderItemRelationship", "orderRelationship", "serviceSpecCharacteristic", "serviceSpecCharacteristicValue", "serviceSpecCharRelationship",
        "serviceCandidate", "attachment", "resourceSpecification", "serviceLevelSpecification", "serviceSpecRelationship",
    ];

    private static readonly HashSet<string> Nested = ["service", "serviceSpecification", "validFor"];

    public static JsonObject Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject ?? throw new JacksonException(JacksonRule.Shape, "an object is expected");
        }
        catch (JsonException exception)
        {
            throw new JacksonException(JacksonRule.Shape, $"not JSON: {exception.Message}");
        }
    }

    /// <summary>A TMF641 order, as the order checker reads it.</summary>
    public static JsonObject Order(string body)
    {
        var order = Read(body);
        Require(Named(order, "state", OrderStates, absent: "INITIAL"), "state", "is no state of OpenSlice: null pointer in the order checker", JacksonRule.State);
        Require(Text(order, "id") ?? Text(order, "uuid"), "id", "is missing");
        foreach (var item in Objects(order, "orderItem"))
        {
            var service = Require(item["service"] as JsonObject, "orderItem.service", "is null: null pointer in the order checker");
            Require(Text(item, "uuid"), "orderItem.uuid", "is missing: the item gets no id");
            foreach (var supporting in Objects(service, "supportingService"))
            {
                Require(Text(supporting, "id"), "supportingService.id", "is missing");
            }
        }

        return order;
    }

    /// <summary>A TMF638 service, as mirroring and synchronisation read it.</summary>
    public static JsonObject Service(string body)
    {
        var service = Read(body);
        Require(Text(service, "uuid"), "uuid", "is missing: the service is never matched and copied anew each minute");
        Require(Named(service, "state", ServiceStates, absent: "feasibilityChecked"), "state", "is no state of OpenSlice", JacksonRule.State);
        Require(Text(service, "category"), "category", "is null: null pointer in its action");
        Require(service["serviceSpecification"] as JsonObject, "serviceSpecification", "is missing: null pointer in mirroring");
        foreach (var characteristic in Objects(service, "serviceCharacteristic"))
        {
            Require(characteristic["value"], $"serviceCharacteristic[{Text(characteristic, "name")}].value", "is missing: null pointer in mirroring");
        }

        return service;
    }

    /// <summary>A TMF633 specification, as the import reads it.</summary>
    public static JsonObject Specification(string body)
    {
        var specification = Read(body);
        Require(Text(specification, "id") ?? Text(specification, "uuid"), "id", "is missing");
        Require(Text(specification, "@type"), "@type", "is null: null pointer when it is ordered");
        foreach (var name in new[] { "relatedParty", "attachment" })
        {
            Require(!specification.ContainsKey(name) || specification[name] is JsonArray ? "" : null, name, "is null: null pointer in the import", JacksonRule.Optional);
        }

        return specification;
    }

    /// <summary>The one category that is imported.</summary>
    public static JsonObject Category(string body)
    {
        var category = Parse(body);
        Walk(category, "", isCategory: true);
        Require(category["category"] as JsonArray, "category", "is null");
        foreach (var candidate in Objects(category, "serviceCandidate"))
        {
            Require(Text(candidate, "id"), "serviceCandidate.id", "is missing");
        }

        return category;
    }

    /// <summary>A candidate of the category.</summary>
    public static JsonObject Candidate(string body)
    {
        var candidate = Parse(body);
        Walk(candidate, "", isCategory: true);
        var specification = Require(candidate["serviceSpecification"] as JsonObject, "serviceSpecification", "is missing");
        Require(Text(specification, "id"), "serviceSpecification.id", "is missing");
        return candidate;
    }

    /// <summary>The list of specifications, of which only the ids are used.</summary>
    public static IReadOnlyList<string> Ids(string body)
    {
        var list = JsonNode.Parse(body) as JsonArray ?? throw new JacksonException(JacksonRule.Shape, "a list is expected");
        return [.. list.Select(one => Require((one as JsonObject) is { } found ? Text(found, "id") ?? Text(found, "uuid") : null, "id", "is missing"))];
    }

    /// <summary>The text of a characteristic's value, however it is written.</summary>
    public static string ValueOf(JsonObject characteristic) =>
        (characteristic["value"] is JsonObject pair ? pair["value"] : characteristic["value"])?.ToString() ?? "";

    private static JsonObject Read(string body)
    {
        var resource = Parse(body);
        Walk(resource, "", isCategory: false);
        return resource;
    }

    private static void Walk(JsonObject node, string path, bool isCategory)
    {
        foreach (var (name, value) in node)
        {
            Member(name, value, path.Length == 0 ? name : $"{path}.{name}", isCategory);
        }
    }

    private static void Member(string name, JsonNode? value, string at, bool isCategory)
    {
        if (name == "validFor" && value is JsonObject period && period.ContainsKey("endDateTime") && period["endDateTime"] is null)
        {
            throw new JacksonException(JacksonRule.Optional, $"{at}.endDateTime is null: the whole reply is lost");
        }

        if (name == "value")
        {
            Value(value, at);
        }
        else if (name == "category")
        {
            Require(isCategory ? (object?)(value as JsonArray) : value is null or JsonValue ? "" : null, at, "is of the wrong kind");
        }
        else if (value is not null)
        {
            Present(name, value, at, isCategory);
        }
    }

    private static void Present(string name, JsonNode value, string at, bool isCategory)
    {
        var fits = value switch
        {
            JsonArray list when Lists.Contains(name) => Each(list, at, isCategory),
            JsonObject inner when Nested.Contains(name) => Inner(inner, at, isCategory),
            _ when Lists.Contains(name) || Nested.Contains(name) => false,
            _ when Dates.Contains(name) => value is JsonValue date && date.TryGetValue(out string? text) && IsDate().IsMatch(text),
            _ when Texts.Contains(name) => value is JsonValue,
            _ when Flags.Contains(name) => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
            _ when name is "valueFrom" or "valueTo" => value is JsonValue bound && bound.TryGetValue(out int _),
            _ => true,
        };
        if (!fits)
        {
            throw new JacksonException(Dates.Contains(name) ? JacksonRule.Date : JacksonRule.Shape, $"{at} is {value.ToJsonString()}: the whole reply is lost");
        }
    }

    private static bool Each(JsonArray list, string at, bool isCategory)
    {
        foreach (var element in list)
        {
            Walk(Require(element as JsonObject, at, "holds something that is no object"), at, isCategory && element!["category"] is not JsonValue);
        }

        return true;
    }

    private static bool Inner(JsonObject inner, string at, bool isCategory)
    {
        Walk(inner, at, isCategory);
        return true;
    }

    // As tested with Jackson: objects of texts, texts and whole numbers are read; booleans, decimals, lists and objects in objects are not.
    private static void Value(JsonNode? value, string at)
    {
        var readable = value switch
        {
            null => true,
            JsonObject pair => pair["value"] is null or JsonValue,
            JsonValue scalar => scalar.GetValueKind() == JsonValueKind.String || scalar.TryGetValue(out long _),
            _ => false,
        };
        Require(readable ? "" : null, at, $"is {value?.ToJsonString()}: the whole reply is lost", JacksonRule.Value);
    }

    private static IEnumerable<JsonObject> Objects(JsonObject node, string name) =>
        Require(node[name] as JsonArray, name, "is null: null pointer").OfType<JsonObject>();

    private static string? Text(JsonObject node, string name) => node[name] is JsonValue value ? value.ToString() : null;

    private static string? Named(JsonObject node, string name, string[] known, string absent)
    {
        var text = node.ContainsKey(name) ? Text(node, name) : absent;
        return Array.IndexOf(known, text) >= 0 ? text : null;
    }

    private static T Require<T>(T? found, string at, string why, JacksonRule rule = JacksonRule.Shape)
        where T : class => found ?? throw new JacksonException(rule, $"{at} {why}");

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)\z")]
    private static partial Regex IsDate();
}
