using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using NaaS.OpenSlice.Osom;

namespace NaaS.OpenSlice.Tests.Checks;

/// <summary>A partner of OpenSlice that answers as it should, except for one fault. It is none of our API: what it shares with it is OpenSlice.</summary>
internal sealed class PlayedPartner : IAsyncDisposable
{
    public const string Specification = "3f7a1c52-0c0e-4b0e-9f6a-5b7f4d2f1a01";
    public const string Knob = "replicas";
    private const string Other = "3f7a1c52-0c0e-4b0e-9f6a-5b7f4d2f1a02";
    private const string Orders = "/tmf-api/serviceOrdering/v4/serviceOrder";
    private readonly WebApplication app;
    private readonly Fault fault;
    private readonly ConcurrentDictionary<string, PlayedOrder> orders = new();
    private int tokens;
    private int lists;

    private PlayedPartner(WebApplication app, Fault fault) => (this.app, this.fault) = (app, fault);

    public PartnerAccess Access
    {
        get
        {
            var url = new Uri(app.Urls.First());
            return new(url, new Uri(url, "/token"), "c", "s", "u", "p") { CategoryPath = "/tmf-api/serviceCatalogManagement/v4/serviceCategory/k" };
        }
    }

    private string Services => $"/tmf-api/{(Has(Fault.InventoryElsewhere) ? "serviceInventoryManagement" : "serviceInventory")}/v4/service";

    public static async Task<PlayedPartner> StartAsync(Fault fault)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var partner = new PlayedPartner(builder.Build(), fault);
        partner.app.MapPost("/token", partner.Token);
        partner.app.Use(partner.AuthoriseAsync);
        partner.MapCatalogue();
        partner.MapOrders();
        partner.MapServices();
        await partner.app.StartAsync(TestContext.Current.CancellationToken);
        return partner;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private bool Has(Fault one) => fault == one;

    private IResult Token()
    {
        if (Has(Fault.TokensAreRefused) || (Has(Fault.TokensAreLimited) && Interlocked.Increment(ref tokens) is 6))
        {
            return Results.StatusCode(StatusCodes.Status429TooManyRequests);
        }

        var token = new JsonObject { ["access_token"] = "t", ["token_type"] = "Bearer", ["expires_in"] = 60 };
        if (Has(Fault.TokenWithoutType))
        {
            token.Remove("token_type");
        }

        return Results.Json(token);
    }

    private Task AuthoriseAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path != "/token" && context.Request.Headers.Authorization != "Bearer t" && !Has(Fault.StrangersComeIn))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }

        return next(context);
    }

    private void MapCatalogue()
    {
        var catalogue = app.MapGroup("/tmf-api/serviceCatalogManagement/v4");
        catalogue.MapGet("/serviceCategory/k", () => Json(Has(Fault.CategoryOfNull) ? """{"id":"k","category":null,"serviceCandidate":[{"id":"c"}]}"""
            : Has(Fault.CategoryIsEmpty) ? """{"id":"k","category":[],"serviceCandidate":[]}"""
            : """{"id":"k","category":[],"serviceCandidate":[{"id":"c"}]}"""));
        catalogue.MapGet("/serviceCandidate/c", () => Json(Has(Fault.CandidateWithoutSpecification)
            ? """{"id":"c","category":[],"serviceSpecification":null}"""
            : $$$"""{"id":"c","category":[],"serviceSpecification":{"id":"{{{Specification}}}"}}"""));
        catalogue.MapGet("/serviceSpecification", () => Json(Has(Fault.ListIsAnObject) ? "{}" : new JsonArray(
            new JsonObject { ["id"] = Specification },
            new JsonObject { ["id"] = Has(Fault.IdIsNoUuid) ? "cms" : Has(Fault.IdsChange) && Interlocked.Increment(ref lists) > 1 ? Guid.NewGuid().ToString() : Other }).ToJsonString()));
        catalogue.MapGet("/serviceSpecification/{id}", (string id) => Has(Fault.OneSpecificationBreaks) && id == Other
            ? Results.StatusCode(StatusCodes.Status500InternalServerError)
            : Json(SpecificationOf(id).ToJsonString()));
    }

    // The second specification has the faults, so that the first can be ordered.
    private JsonObject SpecificationOf(string id)
    {
        var specification = JsonNode.Parse(
            """
            {"name":"n","version":"1","@type":"CustomerFacingServiceSpecification","lastUpdate":"2026-11-24T09:00Z","relatedParty":[],"attachment":[],
             "serviceSpecCharacteristic":[{"name":"replicas","valueType":"INTEGER","serviceSpecCharacteristicValue":[{"isDefault":true,"value":{"value":"1","alias":""}}]}]}
            """)!.AsObject();
        (specification["id"], specification["uuid"]) = (id, id);
        var characteristic = specification["serviceSpecCharacteristic"]![0]!;
        switch (id == Specification ? Fault.None : fault)
        {
            case Fault.SpecificationWithoutVersion: specification.Remove("version"); break;
            case Fault.SpecificationWithoutType: specification["@type"] = null; break;
            case Fault.BooleanDefault: characteristic["serviceSpecCharacteristicValue"]![0]!["value"] = true; break;
            case Fault.PartyIsNull: specification["relatedParty"] = null; break;
            case Fault.PeriodWithoutEnd: specification["validFor"] = new JsonObject { ["startDateTime"] = "2026-11-24T09:00Z", ["endDateTime"] = null }; break;
            case Fault.DateWithoutOffset: specification["lastUpdate"] = "2026-11-24T09:00:00"; break;
            case Fault.NameWithColons: characteristic["name"] = "web::replicas"; break;
        }

        return specification;
    }

    private void MapOrders()
    {
        app.MapGet(Orders, (HttpRequest request) => request.Path.Value!.EndsWith('/') ? Results.NotFound() : Json("[]"));
        app.MapPost(Orders, (JsonObject body) => Post(body));
        app.MapGet(Orders + "/{id}", (string id) => Senseless(id) ?? OrderAnswer(orders.GetValueOrDefault(id)));
        app.MapPatch(Orders + "/{id}", (string id, JsonObject body) => Patch(orders[id], body));
    }

    private IResult Post(JsonObject body)
    {
        var item = body["orderItem"]![0]!;
        var characteristics = item["service"]!["serviceCharacteristic"]!.AsArray();
        if ((Has(Fault.NullsAreRefused) && item.AsObject().ContainsKey("id"))
            || (Has(Fault.PlainTextsAreRefused) && characteristics.Any(one => one!["value"] is JsonValue))
            || (Has(Fault.UnneededIsRefused) && characteristics.Any(one => (string?)one!["name"] != Knob)))
        {
            return Results.BadRequest();
        }

        var isKnown = (string?)item["service"]!["serviceSpecification"]!["id"] == Specification || Has(Fault.UnknownIsTaken);
        if (!isKnown && Has(Fault.RefusalIsAnError))
        {
            return Results.BadRequest();
        }

        var order = new PlayedOrder(isKnown, DateTimeOffset.Parse((string)body["requestedCompletionDate"]!, CultureInfo.InvariantCulture));
        orders[order.Id] = order;
        return Json(Document(order).ToJsonString());
    }

    private IResult OrderAnswer(PlayedOrder? order)
    {
        if (order is null || (Has(Fault.OrderIsThereLater) && order.Reads++ == 0) || (Has(Fault.OrderIsGoneWhenEnded) && order.IsEnded))
        {
            return Results.NotFound();
        }

        if (!Has(Fault.WaitsForAHub))
        {
            order.Proceed();
        }

        return Json(Document(order).ToJsonString());
    }

    private IResult Patch(PlayedOrder order, JsonObject body)
    {
        if (Has(Fault.OrderPatchIsAConflict))
        {
            return Results.Conflict();
        }

        order.IsEnded |= (string?)body["orderItem"]![0]!["service"]!["state"] == "terminated" && !Has(Fault.OrderPatchIsIgnored);
        return Json(Document(order).ToJsonString());
    }

    private JsonObject Document(PlayedOrder order)
    {
        var state = Has(Fault.Held) && order.State == "INPROGRESS" ? "HELD" : Has(Fault.StatesInLowerCase) ? order.State.ToLowerInvariant() : order.State;
        JsonNode? supporting = Has(Fault.SupportingServiceIsNull) ? null
            : !order.IsTaken || Has(Fault.CompletedWithoutServices) ? new JsonArray()
            : new JsonArray(new JsonObject { ["id"] = order.Service, ["uuid"] = order.Service });
        var item = new JsonObject { ["id"] = order.Id, ["uuid"] = order.Id, ["state"] = state.ToUpperInvariant(), ["service"] = new JsonObject { ["supportingService"] = supporting } };
        if (Has(Fault.ItemsWithoutUuid))
        {
            item.Remove("uuid");
        }

        return new()
        {
            ["id"] = order.Id,
            ["uuid"] = order.Id,
            ["state"] = state,
            ["orderDate"] = Has(Fault.OrderDateIsANumber) ? 1732438800 : "2026-11-24T09:00Z",
            ["note"] = order.IsTaken || Has(Fault.RefusalWithoutNote) ? new JsonArray() : new JsonArray(new JsonObject { ["text"] = "no such specification" }),
            ["orderItem"] = new JsonArray(item),
        };
    }

    private void MapServices()
    {
        app.MapGet(Services, () => Json("[]"));
        app.MapGet(Services + "/{id}", (string id) => Senseless(id) ?? ServiceAnswer(orders.Values.FirstOrDefault(order => order.Service == id)));
        app.MapPatch(Services + "/{id}", (string id, JsonObject body) => Change(orders.Values.First(order => order.Service == id), body));
    }

    private IResult? Senseless(string id) => id != "null" ? null
        : Has(Fault.SenselessIdBreaks) ? Results.StatusCode(StatusCodes.Status500InternalServerError)
        : Has(Fault.SenselessIdIsFound) ? Json("{}")
        : Results.NotFound();

    private IResult ServiceAnswer(PlayedOrder? order)
    {
        if (order is null || (Has(Fault.ServiceIsGoneWhenEnded) && Ended(order)))
        {
            return Results.NotFound();
        }

        order.Notes += Has(Fault.ReadsLeaveNotes) ? 1 : 0;
        return Has(Fault.AnswersRedirect) ? Results.Redirect("/elsewhere")
            : Has(Fault.AnswersAsText) ? Results.Text(Document(order, order.Replicas).ToJsonString(), "text/plain")
            : Json(Document(order, order.Replicas).ToJsonString());
    }

    private IResult Change(PlayedOrder order, JsonObject body)
    {
        var sent = body["serviceCharacteristic"]!.AsArray();
        if ((Has(Fault.NullStateIsRefused) && body["state"] is null) || (Has(Fault.UnknownCharacteristicIsRefused) && sent.Any(one => (string?)one!["name"] == "naas-check-unknown")))
        {
            return Results.BadRequest();
        }

        order.Revision += Has(Fault.EachPatchIsARevision) ? 1 : 0;
        order.IsStopped |= Has(Fault.NullStateStops);
        var wanted = (string)sent.First(one => (string?)one!["name"] == Knob)!["value"]!["value"]!;
        order.Replicas = Has(Fault.ChangeNeverShows) ? order.Replicas : wanted;
        var answer = Document(order, wanted);
        if (Has(Fault.AnswerLacksCharacteristics))
        {
            answer["serviceCharacteristic"]!.AsArray().RemoveAt(1);
        }

        return Json(answer.ToJsonString());
    }

    private bool Ended(PlayedOrder order) =>
        order.IsEnded || (order.HasDate && !Has(Fault.NeverEndsByDate) && (Has(Fault.EndsBeforeItsDate) || DateTimeOffset.UtcNow > order.End));

    private JsonObject Document(PlayedOrder order, string replicas)
    {
        var state = Ended(order) ? "terminated"
            : order.State != "COMPLETED" || Has(Fault.CompletedTooEarly) ? "reserved"
            : order.IsStopped ? "inactive" : "active";
        var service = JsonNode.Parse($$$"""
            {"id":"{{{order.Service}}}","uuid":"{{{order.Service}}}","name":"s","category":"CustomerFacingService","state":"{{{state}}}",
             "serviceSpecification":{"id":"{{{Specification}}}","name":"n"},
             "serviceCharacteristic":[{"name":"replicas","value":{"value":"{{{replicas}}}","alias":""}},{"name":"revision","value":{"value":"{{{order.Revision}}}","alias":""}}]}
            """)!.AsObject();
        service["note"] = new JsonArray([.. Enumerable.Range(0, order.Notes).Select(_ => (JsonNode)new JsonObject { ["text"] = "read" })]);
        switch (fault)
        {
            case Fault.ServiceWithoutCategory: service["category"] = null; break;
            case Fault.ServiceWithoutUuid: service.Remove("uuid"); break;
            case Fault.BooleanValueOfService: service["serviceCharacteristic"]![1]!["value"] = true; break;
            case Fault.ReservedName: service["serviceCharacteristic"]![1]!["name"] = "EXEC_ACTION"; break;
        }

        return service;
    }

    private static IResult Json(string body) => Results.Text(body, "application/json");

    /// <summary>An order and its one service.</summary>
    private sealed class PlayedOrder(bool isTaken, DateTimeOffset end)
    {
        private int polls;

        public string Id { get; } = Guid.NewGuid().ToString();

        public string Service { get; } = Guid.NewGuid().ToString();

        public bool IsTaken => isTaken;

        public DateTimeOffset End => end;

        // OpenSlice's own orders end in a month; only the one that is to end by its date ends soon.
        public bool HasDate => end < DateTimeOffset.UtcNow.AddDays(1);

        public string State { get; private set; } = isTaken ? "ACKNOWLEDGED" : "REJECTED";

        public string Replicas { get; set; } = "1";

        public int Revision { get; set; } = 1;

        public int Notes { get; set; }

        public int Reads { get; set; }

        public bool IsEnded { get; set; }

        public bool IsStopped { get; set; }

        public void Proceed() => State = !isTaken ? "REJECTED" : ++polls > 1 ? "COMPLETED" : "INPROGRESS";
    }
}
