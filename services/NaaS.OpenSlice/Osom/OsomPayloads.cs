using System.Text.Json.Nodes;

namespace NaaS.OpenSlice.Osom;

/// <summary>Bodies as OSOM's Jackson writes them: every attribute of the model is there, most of them null.</summary>
public static class OsomPayloads
{
    private static readonly string[] ServiceNulls =
    [
        "endDate", "startDate", "category", "description", "hasStarted", "isServiceEnabled", "isStateful", "name", "serviceDate", "serviceType", "startMode",
        "place", "relatedParty", "serviceOrder", "serviceSpecification", "state", "supportingResource", "supportingService", "serviceRelationship",
        "@baseType", "@schemaLocation", "@type",
    ];

    private static readonly string[] OrderNulls =
    [
        "expectedCompletionDate", "requestedCompletionDate", "requestedStartDate", "startDate", "category", "description", "notificationContact",
        "orderRelationship", "relatedParty", "state", "@baseType", "@schemaLocation", "@type",
    ];

    /// <summary>Body of POST serviceOrder for an imported specification.</summary>
    /// <param name="specification">The specification as imported.</param>
    /// <param name="characteristics">All characteristics of the proxy service.</param>
    /// <param name="end">When the services end; null for 30 days from now.</param>
    public static JsonObject Order(JsonNode specification, IReadOnlyDictionary<string, string> characteristics, DateTimeOffset? end = null)
    {
        var now = DateTimeOffset.UtcNow;
        return new()
        {
            ["requestedCompletionDate"] = (end ?? now.AddDays(30)).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'"),
            ["requestedStartDate"] = now.ToString("yyyy-MM-dd'T'HH:mm'Z'"),
            ["category"] = "Automated order",
            ["description"] = "Automatically created by partner demo-openslice.io",
            ["externalId"] = null,
            ["notificationContact"] = null,
            ["priority"] = null,
            ["note"] = new JsonArray(Note("demo-openslice.io", "Automatically created by partner demo-openslice.io")),
            ["orderItem"] = new JsonArray(OrderItem(specification, characteristics)),
            ["orderRelationship"] = null,
            ["relatedParty"] = null,
            ["@baseType"] = null,
            ["@schemaLocation"] = null,
            ["@type"] = null,
        };
    }

    /// <summary>Body of PATCH service: all characteristics of the mirrored service, some changed.</summary>
    public static JsonObject ServicePatch(JsonNode service, IReadOnlyDictionary<string, string> changes)
    {
        var patch = Nulls(ServiceNulls);
        patch["note"] = new JsonArray(Note("openslice-osom", "Service Action ExternalProviderServiceAction from demo-openslice.io action EVALUATE_CHARACTERISTIC_CHANGED"));
        patch["serviceCharacteristic"] = new JsonArray([.. service["serviceCharacteristic"]!.AsArray().Select(characteristic =>
        {
            var name = (string)characteristic!["name"]!;
            var value = changes.GetValueOrDefault(name) ?? (string?)characteristic["value"]?["value"] ?? "";
            return Characteristic(name, (string?)characteristic["valueType"], value);
        })]);
        return patch;
    }

    /// <summary>Body of PATCH serviceOrder that ends the order's services.</summary>
    public static JsonObject OrderEnd(JsonNode order) => OrderPatch(order, "TERMINATE", "terminated");

    /// <summary>Body of PATCH serviceOrder after a change of a proxy service: the items as they were read, the changed values not among them.</summary>
    public static JsonObject OrderEcho(JsonNode order) => OrderPatch(order, "EVALUATE_CHARACTERISTIC_CHANGED", null);

    private static JsonObject OrderPatch(JsonNode order, string action, string? state)
    {
        var patch = Nulls(OrderNulls);
        patch["note"] = new JsonArray(Note("openslice-osom", $"Service Action ExternalProviderServiceAction from demo-openslice.io action {action}"));
        var items = order["orderItem"]!.DeepClone().AsArray();
        foreach (var item in items)
        {
            item!["action"] = "modify";
            if (state is not null)
            {
                item["service"]!["state"] = state;
            }
        }

        patch["orderItem"] = items;
        return patch;
    }

    private static JsonObject OrderItem(JsonNode specification, IReadOnlyDictionary<string, string> characteristics)
    {
        var item = Entity();
        item["id"] = null;
        item["action"] = "add";
        item["orderItemRelationship"] = new JsonArray();
        item["state"] = "ACKNOWLEDGED";
        item["service"] = Service(specification, characteristics);
        item["appointment"] = null;
        return item;
    }

    private static JsonObject Service(JsonNode specification, IReadOnlyDictionary<string, string> characteristics)
    {
        var reference = Entity();
        reference.Remove("uuid");
        reference["name"] = specification["name"]!.DeepClone();
        reference["version"] = specification["version"]!.DeepClone();
        reference["targetServiceSchema"] = null;
        reference["@referredType"] = null;
        reference["id"] = specification["id"]!.DeepClone();

        var types = specification["serviceSpecCharacteristic"]!.AsArray().ToDictionary(one => (string)one!["name"]!, one => (string?)one!["valueType"]);
        var service = Entity();
        service["serviceSpecification"] = reference;
        service["name"] = specification["name"]!.DeepClone();
        service["id"] = null;
        service["category"] = null;
        service["serviceType"] = null;
        service["place"] = new JsonArray();
        service["relatedParty"] = new JsonArray();
        service["serviceCharacteristic"] = new JsonArray([.. characteristics.Select(one => Characteristic(one.Key, types.GetValueOrDefault(one.Key), one.Value))]);
        service["state"] = "feasibilityChecked";
        service["supportingResource"] = new JsonArray();
        service["serviceRelationship"] = new JsonArray();
        service["supportingService"] = new JsonArray();
        return service;
    }

    private static JsonObject Characteristic(string name, string? valueType, string value)
    {
        var characteristic = Entity();
        characteristic["value"] = new JsonObject { ["value"] = value, ["alias"] = "" };
        characteristic["name"] = name;
        characteristic["valueType"] = valueType;
        return characteristic;
    }

    private static JsonObject Note(string author, string text)
    {
        var note = Entity();
        note["date"] = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'00Z'");
        note["author"] = author;
        note["system"] = null;
        note["text"] = text;
        return note;
    }

    private static JsonObject Entity() => new()
    {
        ["uuid"] = null,
        ["@baseType"] = "BaseEntity",
        ["@schemaLocation"] = null,
        ["@type"] = null,
        ["href"] = null,
    };

    private static JsonObject Nulls(IEnumerable<string> names) => new(names.Select(name => KeyValuePair.Create<string, JsonNode?>(name, null)));
}
