using System.Text.Json.Nodes;
using NaaS.Contracts;

namespace NaaS.Api.Tests.Conformance.Walk;

/// <summary>Every resource of the three APIs, as facts and official files have them.</summary>
internal static class ResourceCases
{
    private const string Full = "list get post patch delete";
    private const string Note = """{"id":"n1","author":"a","date":"2026-11-24T09:00:00Z","text":"before"}""";
    private const string Party = """{"id":"p1","role":"before","name":"Ann","@referredType":"Individual","@type":"RelatedParty"}""";

    public static IReadOnlyList<ResourceCase> All { get; } =
    [
        Catalogue("serviceCatalog", "ServiceCatalog", """{"name":"n"}""") with { Array = ("relatedParty", "role", Object(Party)) },
        Catalogue("serviceCategory", "ServiceCategory", """{"name":"n"}"""),
        Catalogue("serviceCandidate", "ServiceCandidate", """{"name":"n","serviceSpecification":{"id":"1"}}""") with { Demanded = "name serviceSpecification" },
        Catalogue("serviceSpecification", "ServiceSpecification", """{"name":"n"}""") with
        {
            Mandatory = "@type href id isBundle lastUpdate lifecycleStatus name",
            Array = ("relatedParty", "role", Object(Party)),
        },
        Job("importJob", "ImportJob"),
        Job("exportJob", "ExportJob"),
        new(World.Ordering, "TMF641", "serviceOrder", "ServiceOrder")
        {
            Operations = Full,
            Body = world => world.OrderAsync(later: true),
            Demanded = "serviceOrderItem",
            Mandatory = "serviceOrderItem href id state orderDate",
            Protected = [("id", "other"), ("orderDate", "2020-01-01T00:00:00Z"), ("category", "c"), ("completionDate", "2020-01-01T00:00:00Z"), ("milestone", new JsonArray(new JsonObject { ["id"] = "m" }))],
            Array = ("note", "text", Object(Note)),
            NotSampled = "serviceOrderItem requestedStartDate orderRelationship",
            Events = "ServiceOrderCreateEvent ServiceOrderAttributeValueChangeEvent ServiceOrderStateChangeEvent ServiceOrderMilestoneEvent ServiceOrderJeopardyEvent ServiceOrderDeleteEvent",
            BeforeDelete = async (world, id) =>
            {
                (await world.Web.Patch($"{World.Ordering}/serviceOrder/{id}", """{"requestedStartDate":null}""")).ShouldBe(200);
                await world.ReportAsync(id, Rollout.Designed, Rollout.Waiting, Rollout.Placed, Rollout.Delivered, Rollout.Good);
            },
        },
        new(World.Ordering, "TMF641", "cancelServiceOrder", "CancelServiceOrder")
        {
            Operations = "list get post",
            Body = async world =>
            {
                var order = await world.Web.Post($"{World.Ordering}/serviceOrder", (await world.OrderAsync(later: true)).ToJsonString());
                return new JsonObject { ["serviceOrder"] = new JsonObject { ["id"] = order.ShouldBe(201).Id } };
            },
            Demanded = "serviceOrder",
            Mandatory = "id href state serviceOrder",
            NotSampled = "serviceOrder requestedCancellationDate state",
            Changeable = "cancellationReason",
            Events = "CancelServiceOrderCreateEvent CancelServiceOrderStateChangeEvent",
        },
        new(World.Inventory, "TMF638", "service", "Service")
        {
            Operations = Full,
            Body = _ => Task.FromResult(Object("""{"state":"active","serviceSpecification":{"id":"1"}}""")),
            Demanded = "state serviceSpecification",
            Mandatory = "state serviceSpecification serviceDate href id",
            Protected = [("id", "other"), ("serviceDate", "2020-01-01T00:00:00Z")],
            Array = ("note", "text", Object(Note)),
            NotSampled = "state serviceSpecification",
            Events = "ServiceCreateEvent ServiceAttributeValueChangeEvent ServiceStateChangeEvent ServiceDeleteEvent",
            BeforeDelete = async (world, id) => (await world.Web.Patch($"{World.Inventory}/service/{id}", """{"state":"terminated"}""")).ShouldBe(200),
        },
    ];

    private static ResourceCase Catalogue(string name, string definition, string body) => new(World.Catalogue, "TMF633", name, definition)
    {
        Operations = Full,
        Body = _ => Task.FromResult(Object(body)),
        Demanded = "name",
        Mandatory = "id href name lastUpdate",
        Protected = [("id", "other"), ("lastUpdate", "2020-01-01T00:00:00Z")],
        NotSampled = "lifecycleStatus serviceSpecification",
        Events = $"{definition}CreateEvent {definition}ChangeEvent {definition}DeleteEvent",
    };

    private static ResourceCase Job(string name, string definition) => new(World.Catalogue, "TMF633", name, definition)
    {
        Operations = "list get post delete",
        Body = world => Task.FromResult(new JsonObject { ["url"] = $"{world.Listener.Url}/file.json" }),
        Demanded = "url",
        Mandatory = "id href url status",
        Changeable = "url",
        NotSampled = "url path status creationDate completionDate errorLog query",
    };

    private static JsonObject Object(string json) => JsonNode.Parse(json)!.AsObject();
}
