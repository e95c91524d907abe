using System.Text;
using System.Text.Json.Nodes;
using NaaS.Contracts;

namespace NaaS.Testing;

/// <summary>Specifications, orders and reports as the parties write them, made by hand.</summary>
public static class Samples
{
    public const string ChartName = "Service artifact identifier in service registry/repository";
    public const string ValuesName = "Helm Package Configuration";
    public const string PlacementName = "Cluster Metadata";
    public const string VersionName = "Service artifact version";

    /// <summary>A deployable specification with a typed knob, a secret and a chart that cannot be chosen.</summary>
    public static JsonObject Specification(string status = "Active") => Parse($$$"""
        {
          "name": "Shop", "version": "1.0.0", "lifecycleStatus": "{{{status}}}", "@type": "CustomerFacingServiceSpecification",
          "serviceSpecCharacteristic": [
            {"name": "{{{ChartName}}}", "valueType": "TEXT", "configurable": false, "minCardinality": 1, "maxCardinality": 1,
             "serviceSpecCharacteristicValue": [{"isDefault": true, "value": {"value": "cms-ocm", "alias": ""}}]},
            {"name": "{{{VersionName}}}", "valueType": "TEXT", "configurable": true, "serviceSpecCharacteristicValue": [{"isDefault": true, "value": {"value": "0.0.1", "alias": ""}}]},
            {"name": "Cluster Manager", "valueType": "ENUM", "configurable": true, "serviceSpecCharacteristicValue": [{"isDefault": true, "value": {"value": "ocm", "alias": ""}}]},
            {"name": "{{{ValuesName}}}", "valueType": "LONGTEXT", "configurable": true, "minCardinality": 0, "maxCardinality": 1},
            {"name": "{{{PlacementName}}}", "valueType": "LONGTEXT", "configurable": true, "minCardinality": 0, "maxCardinality": 1},
            {"name": "values.password", "valueType": "TEXT", "configurable": true, "isSecret": true},
            {"name": "values.replicas", "valueType": "INTEGER", "configurable": true, "minCardinality": 1, "maxCardinality": 1,
             "serviceSpecCharacteristicValue": [{"isDefault": true, "value": {"value": "1", "alias": "one"}, "valueFrom": 1, "valueTo": 10}]}
          ]
        }
        """);

    /// <summary>A specification with a mandatory characteristic that has no default.</summary>
    public static JsonObject Demanding() => Parse("""
        {"name": "Demanding", "version": "1", "lifecycleStatus": "Launched",
         "specCharacteristic": [
           {"name": "site", "valueType": "string", "minCardinality": 1, "maxCardinality": 1},
           {"name": "size", "valueType": "integer", "minCardinality": 0, "maxCardinality": 1}]}
        """);

    /// <summary>An order as OpenSlice's orchestrator posts it: nulls, values as texts in objects, capitals.</summary>
    public static JsonObject OpenSliceOrder(string specificationId, params (string Name, string Value)[] characteristics) => Parse($$$"""
        {
          "requestedCompletionDate": "{{{DateTimeOffset.UtcNow.AddDays(30):yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}}}",
          "requestedStartDate": "{{{DateTimeOffset.UtcNow.AddMinutes(-1):yyyy-MM-dd'T'HH:mm'Z'}}}",
          "category": "Automated order", "description": "Automatically created by partner demo", "externalId": null, "notificationContact": null, "priority": null,
          "note": [{"uuid": null, "date": "2026-01-02T03:04:05.123456789Z", "@baseType": "BaseEntity", "author": "demo", "system": null, "text": "Automatically created"}],
          "orderItem": [{
            "uuid": null, "@baseType": "BaseEntity", "id": null, "href": null, "action": "add", "orderItemRelationship": [], "state": "ACKNOWLEDGED",
            "service": {
              "uuid": null, "id": null, "name": "Shop", "category": null, "serviceType": null, "place": [], "relatedParty": [], "state": "feasibilityChecked",
              "serviceSpecification": {"@baseType": "BaseEntity", "id": "{{{specificationId}}}", "name": "Shop", "version": "1.0.0", "targetServiceSchema": null},
              "serviceCharacteristic": {{{OpenSliceValues(characteristics).ToJsonString()}}},
              "supportingResource": [], "serviceRelationship": [], "supportingService": []},
            "appointment": null}],
          "orderRelationship": null, "relatedParty": null, "@baseType": null, "@schemaLocation": null, "@type": null
        }
        """);

    /// <summary>A PATCH of a service as OpenSlice's orchestrator sends it: everything null but all characteristics and a note.</summary>
    public static JsonObject OpenSlicePatch(params (string Name, string Value)[] characteristics) => Parse($$$"""
        {
          "endDate": null, "startDate": null, "category": null, "description": null, "name": null, "serviceDate": null, "state": null,
          "note": [{"uuid": null, "date": "{{{DateTimeOffset.UtcNow:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}}}", "@baseType": "BaseEntity", "author": "osom", "text": "EVALUATE_CHARACTERISTIC_CHANGED"}],
          "place": null, "relatedParty": null, "serviceCharacteristic": {{{OpenSliceValues(characteristics).ToJsonString()}}},
          "serviceOrder": null, "serviceSpecification": null, "supportingResource": null, "supportingService": null, "serviceRelationship": null, "@type": null
        }
        """);

    /// <summary>Characteristics as OpenSlice writes them.</summary>
    public static JsonArray OpenSliceValues(params (string Name, string Value)[] characteristics) => new([.. characteristics.Select(one => (JsonNode)new JsonObject
    {
        ["uuid"] = null,
        ["name"] = one.Name,
        ["valueType"] = "TEXT",
        ["value"] = new JsonObject { ["value"] = one.Value, ["alias"] = "" },
        ["@baseType"] = "BaseEntity",
    })]);

    /// <summary>A TMF641 order with one item that adds a service.</summary>
    public static JsonObject Order(string? specificationId, params (string Name, JsonNode Value)[] characteristics) => new()
    {
        ["serviceOrderItem"] = new JsonArray(Item("1", "add", new JsonObject
        {
            ["name"] = "shop",
            ["serviceSpecification"] = specificationId is null ? null : new JsonObject { ["id"] = specificationId },
            ["serviceCharacteristic"] = Values(characteristics),
        })),
    };

    /// <summary>An item; <paramref name="after"/> are the items that it depends on.</summary>
    public static JsonObject Item(string id, string action, JsonObject service, params string[] after) => new()
    {
        ["id"] = id,
        ["action"] = action,
        ["service"] = service,
        ["serviceOrderItemRelationship"] = new JsonArray([.. after.Select(other => (JsonNode)new JsonObject
        {
            ["relationshipType"] = "dependency",
            ["orderItem"] = new JsonObject { ["itemId"] = other },
        })]),
    };

    /// <summary>Characteristics as TMF writes them.</summary>
    public static JsonArray Values(params (string Name, JsonNode Value)[] characteristics) =>
        new([.. characteristics.Select(one => (JsonNode)new JsonObject { ["name"] = one.Name, ["value"] = one.Value.DeepClone() })]);

    /// <summary>What the worker reports to a command.</summary>
    public static ServiceReported Report(ChangeService command, long number, Rollout rollout, string? reason = null) =>
        new(command.ServiceId, number, command.Sequence, (int)command.Sequence, command.Cause, rollout, reason, Components(command.ServiceId, rollout), DateTimeOffset.UtcNow);

    /// <inheritdoc cref="Report(ChangeService, long, Rollout, string?)"/>
    public static ServiceReported Report(TerminateService command, long number, Rollout rollout) =>
        new(command.ServiceId, number, command.Sequence, 1, command.Cause, rollout, null, [], DateTimeOffset.UtcNow);

    /// <summary>A web front end and a database; they become active with a good revision.</summary>
    public static IReadOnlyList<ComponentReport> Components(Guid serviceId, Rollout rollout)
    {
        if (rollout is Rollout.Terminated or Rollout.Failed)
        {
            return [];
        }

        var isGood = rollout is Rollout.Good or Rollout.Unchanged;
        var state = isGood ? ComponentState.Active : ComponentState.Reserved;
        return
        [
            new(Id(serviceId, 1), "Deployment", "default", "web", "c1", "nginx:1.29", isGood ? 1 : 0, 1, state, isGood ? null : "ContainerCreating"),
            new(Id(serviceId, 2), "StatefulSet", "default", "db", "c2", "mariadb:11", isGood ? 1 : 0, 1, state, null),
        ];
    }

    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>A characteristic's value, however it is written.</summary>
    public static string? Value(JsonObject service, string name)
    {
        var found = (service["serviceCharacteristic"] as JsonArray ?? []).OfType<JsonObject>().FirstOrDefault(one => one["name"]!.GetValue<string>() == name);
        return found?["value"] is JsonObject pair ? pair["value"]!.GetValue<string>() : found?["value"]?.ToString();
    }

    public static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();

    private static Guid Id(Guid serviceId, byte number)
    {
        var bytes = serviceId.ToByteArray();
        bytes[15] ^= number;
        return new Guid(bytes);
    }
}
