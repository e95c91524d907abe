using System.Text.Json.Nodes;
using NaaS.Ordering.Plans;
using NaaS.Tmf.Characteristics;
using NaaS.Tmf.Ordering;
using NaaS.Tmf.Qualification;
using NaaS.TmfRest.Resources;

namespace NaaS.Ordering.Orders;

/// <summary>What the kit knows of ordering's resources.</summary>
internal static class OrderResources
{
    private static readonly string[] Ours =
    [
        "id", "href", "orderDate", "state", "startDate", "completionDate", "expectedCompletionDate", "jeopardyAlert", "milestone", "errorMessage",
    ];

    public static ResourceDefinition Order(CharacteristicOptions options) => new ResourceDefinition<ServiceOrder>(TmfApi.ServiceOrdering, "serviceOrder")
    {
        HasOwners = true,
        RequiredByRules = ["serviceOrderItem"],
        NotOnCreate = Ours,
        NotPatchable =
        [
            "id", "href", "orderDate", "category", "cancellationDate", "cancellationReason", "startDate", "completionDate", "jeopardyAlert", "milestone",
            "errorMessage", "@type", "@baseType", "@schemaLocation",
        ],
        Events = ResourceEvents.WithState("ServiceOrder"),
        RaisedEvents = ["ServiceOrderMilestoneEvent", "ServiceOrderJeopardyEvent", "ServiceOrderInformationRequiredEvent"],
        ForEvents = document => WithoutValues(document, options.Names.Values),
    };

    public static ResourceDefinition Cancellation { get; } = new ResourceDefinition<CancelServiceOrder>(TmfApi.ServiceOrdering, "cancelServiceOrder")
    {
        HasOwners = true,
        Required = ["serviceOrder"],
        NotOnCreate = ["id", "href", "state", "effectiveCancellationDate", "completionMessage", "errorMessage"],
        Events = new("CancelServiceOrderCreateEvent", null, "CancelServiceOrderStateChangeEvent", null),
        RaisedEvents = ["CancelServiceOrderInformationRequiredEvent"],
    };

    public static ResourceDefinition Qualification(CharacteristicOptions options) =>
        new ResourceDefinition<CheckServiceQualification>(TmfApi.ServiceQualification, "checkServiceQualification")
        {
            HasOwners = true,
            IsForgotten = true,
            Required = ["serviceQualificationItem"],
            NotOnCreate =
            [
                "id", "href", "state", "effectiveQualificationDate", "qualificationResult", "expirationDate", "checkServiceQualificationDate",
                "estimatedResponseDate",
            ],
            Events = ResourceEvents.WithState("CheckServiceQualification"),
            ForEvents = document => WithoutPlan(document, options.Names.Values),
        };

    public static ResourceDefinition Plan { get; } = new ResourceDefinition<OrderPlan>(TmfApi.ServiceOrdering, "orderPlan") { IsSealed = true, SearchedBy = ["digest"] };

    private static void WithoutPlan(JsonObject document, string name)
    {
        foreach (var item in (document["serviceQualificationItem"] as JsonArray ?? []).OfType<JsonObject>())
        {
            (item["service"]?["serviceCharacteristic"] as JsonArray)?.RemoveAll(one => ValueText.Of(one?["name"]) == name);
            (item["plan"] as JsonObject)?.Remove("object");
        }
    }

    // Values documents may hold what listeners must not learn, and are large.
    private static void WithoutValues(JsonNode? node, string name)
    {
        foreach (var item in (node?["serviceOrderItem"] as JsonArray ?? []).Where(item => item is not null))
        {
            (item!["service"]?["serviceCharacteristic"] as JsonArray)?.RemoveAll(one => ValueText.Of(one?["name"]) == name);
            WithoutValues(item, name);
        }
    }
}
