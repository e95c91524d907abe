using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using NaaS.OpenSlice.Osom;
using NaaS.Standalone.Demo;

namespace NaaS.EndToEnd.Tests.OpenSlice;

/// <summary>Maestro with us: as a portal whose clients drive us, and as a peer that takes our services into its own catalogue.</summary>
internal static class MaestroStory
{
    private const string Orders = "tmf-api/serviceOrdering/v4/serviceOrder";
    private const string Services = "tmf-api/serviceInventory/v4/service";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A portal orders an application with its cluster, updates it with whole bodies and ends both.</summary>
    public static async Task PortalAsync(IRunningNaas naas)
    {
        using var portal = await PortalOfAsync(naas);
        var application = await naas.PublishAsync(CmsService.Specification());
        var cluster = await naas.PublishAsync(ClusterSpecification());

        var order = await PostAsync(portal, Orders, Order(application, cluster, CmsService.Order(naas.Charts)));
        var id = (string)order["id"]!;
        order = await UntilAsync(portal, $"{Orders}/{id}", one => States(one).SequenceEqual(["PENDING", "PENDING"]));
        Notes(order).ShouldContain("no cluster for cluster", customMessage: "the cluster item says what it waits for");

        await naas.JoinAsync("c4");
        order = await UntilAsync(portal, $"{Orders}/{id}", one => (string?)one["state"] is "COMPLETED" or "FAILED");

        order["state"]!.ToString().ShouldBe("COMPLETED", order.ToJsonString());
        var (cms, kubernetes) = (ServiceOf(order, 0), ServiceOf(order, 1));
        var components = await Task.WhenAll(Supporting(order, 0).Skip(1).Select(one => GetAsync(portal, $"{Services}/{one}")));
        components.Select(one => Value(one, "cluster")).ShouldAllBe(one => one == "c4");

        // The whole body as read, one value changed; then the same again.
        var body = await GetAsync(portal, $"{Services}/{cms}");
        Set(body, CmsService.Version, "0.0.2");
        var answer = await PatchAsync(portal, $"{Services}/{cms}", body);
        Value(answer, CmsService.Version).ShouldBe("0.0.2");
        await UntilAsync(portal, $"{Services}/{cms}", one => Value(one, "status.revision") == "2" && Value(one, "status.rollout") is "good");
        await PatchAsync(portal, $"{Services}/{cms}", body);
        await PatchAsync(portal, $"{Services}/{cms}", await GetAsync(portal, $"{Services}/{cms}"));
        Value(await GetAsync(portal, $"{Services}/{cms}"), "status.revision").ShouldBe("2", "the same version again changes nothing");

        // The date of completion was past all the time.
        (await GetAsync(portal, $"{Services}/{cms}"))["state"]!.ToString().ShouldBe("active");

        await PatchAsync(portal, $"{Services}/{cms}", new JsonObject { ["state"] = "TERMINATED", ["serviceCharacteristic"] = null, ["note"] = null });
        await UntilAsync(portal, $"{Services}/{cms}", one => (string?)one["state"] == "terminated");
        using var deleted = await portal.DeleteAsync(new Uri($"{Services}/{kubernetes}", UriKind.Relative), Token);
        ((int)deleted.StatusCode).ShouldBe(204);
        await UntilAsync(portal, $"{Services}/{kubernetes}", one => (string?)one["state"] == "terminated");
    }

    /// <summary>A peer imports a specification, orders it and updates the service.</summary>
    public static async Task PeerAsync(IRunningNaas naas)
    {
        var published = await naas.PublishAsync(CmsService.Specification());
        using var client = new OsomClient(MaestroPeer.Access(MaestroPeer.Organization(naas.OpenSlice)), TimeProvider.System);

        (await client.SpecificationsAsync(Token)).ShouldContain(published);
        var specification = await client.SpecificationAsync(published, Token);
        var order = await client.OrderAsync(OsomPayloads.Order(specification, CmsService.Order(naas.Charts)), Token);
        while ((string?)order["state"] is not ("COMPLETED" or "FAILED" or "REJECTED"))
        {
            await Task.Delay(200, Token);
            order = await client.GetOrderAsync((string)order["id"]!, Token);
        }

        order["state"]!.ToString().ShouldBe("COMPLETED", order.ToJsonString());
        var service = await client.GetServiceAsync(ServiceOf(order, 0), Token);
        var answer = await client.PatchServiceAsync(
            (string)service["id"]!, OsomPayloads.ServicePatch(service, new Dictionary<string, string> { [CmsService.Replicas] = "2" }), Token);
        Value(answer, CmsService.Replicas).ShouldBe("2");
        while (Value(await client.GetServiceAsync((string)service["id"]!, Token), "status.rollout") != "good")
        {
            await Task.Delay(200, Token);
        }

        client.Exchanges.ShouldAllBe(exchange => exchange.IsGood);
    }

    /// <summary>What a portal shows for a cluster: nothing but its name.</summary>
    private static JsonObject ClusterSpecification() => new()
    {
        ["@type"] = "CustomerFacingServiceSpecification",
        ["name"] = "Kubernetes cluster",
        ["version"] = "1.0.0",
        ["lifecycleStatus"] = "Active",
        ["specCharacteristic"] = new JsonArray(
            new JsonObject { ["name"] = "Cluster name", ["valueType"] = "TEXT", ["configurable"] = true, ["minCardinality"] = 1, ["maxCardinality"] = 1 },
            new JsonObject { ["name"] = "Cluster set", ["valueType"] = "TEXT", ["configurable"] = true, ["minCardinality"] = 0, ["maxCardinality"] = 1 }),
    };

    // Every attribute is there, most of them null; the first item waits for the second.
    private static JsonObject Order(string application, string cluster, Dictionary<string, string> characteristics)
    {
        characteristics[CmsService.ClusterMetadata] =
            """
            kind: P2CodeSchedulingManifest
            apiVersion: scheduling.p2code.eu/v1alpha1
            spec:
              globalAnnotations: [p2code.target.managedClusterSet=default, p2code.target.cluster=c4]
            """;
        var order = Nulls("externalId", "priority", "notificationContact", "relatedParty", "orderRelationship", "requestedStartDate", "expectedCompletionDate", "note");
        order["description"] = "application with its cluster";
        order["requestedCompletionDate"] = DateTimeOffset.UtcNow.AddHours(-1).ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);
        order["orderItem"] = new JsonArray(
            Item("1", application, characteristics, after: "2"),
            Item("2", cluster, new() { ["Cluster name"] = "c4", ["Cluster set"] = "default" }, after: null));
        return order;
    }

    private static JsonObject Item(string id, string specification, Dictionary<string, string> characteristics, string? after)
    {
        var service = Nulls("id", "category", "description", "state", "place", "relatedParty", "supportingService", "startDate", "endDate");
        service["name"] = $"item-{id}";
        service["serviceSpecification"] = new JsonObject { ["id"] = specification, ["name"] = null, ["version"] = null };
        service["serviceCharacteristic"] = new JsonArray([.. characteristics.Select(one => (JsonNode)new JsonObject
        {
            ["name"] = one.Key,
            ["valueType"] = null,
            ["value"] = new JsonObject { ["value"] = one.Value, ["alias"] = null },
        })]);
        var item = Nulls("uuid", "appointment", "state");
        item["id"] = id;
        item["action"] = "add";
        item["service"] = service;
        item["orderItemRelationship"] = after is null ? null : new JsonArray(new JsonObject { ["relationshipType"] = "dependency", ["id"] = after });
        return item;
    }

    private static JsonObject Nulls(params string[] names) => new(names.Select(name => KeyValuePair.Create<string, JsonNode?>(name, null)));

    private static async Task<HttpClient> PortalOfAsync(IRunningNaas naas)
    {
        using var login = new OsomClient(naas.OpenSlice, TimeProvider.System);
        var client = new HttpClient { BaseAddress = new Uri(naas.Api, "/openslice/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string?)(await login.TokenAsync(Token))["access_token"]);
        return client;
    }

    private static Task<JsonObject> PostAsync(HttpClient client, string path, JsonNode body) => SendAsync(client, HttpMethod.Post, path, body);

    private static Task<JsonObject> PatchAsync(HttpClient client, string path, JsonNode body) => SendAsync(client, HttpMethod.Patch, path, body);

    private static Task<JsonObject> GetAsync(HttpClient client, string path) => SendAsync(client, HttpMethod.Get, path, null);

    private static async Task<JsonObject> SendAsync(HttpClient client, HttpMethod method, string path, JsonNode? body)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(request, Token);
        response.IsSuccessStatusCode.ShouldBeTrue($"{method} {path}: {await response.Content.ReadAsStringAsync(Token)}");
        return (await response.Content.ReadFromJsonAsync<JsonObject>(Token))!;
    }

    private static async Task<JsonObject> UntilAsync(HttpClient client, string path, Func<JsonObject, bool> reached)
    {
        var deadline = DateTime.UtcNow.AddSeconds(60);
        while (true)
        {
            var body = await GetAsync(client, path);
            if (reached(body))
            {
                return body;
            }

            (DateTime.UtcNow < deadline).ShouldBeTrue($"{path} stays {body.ToJsonString()}");
            await Task.Delay(100, Token);
        }
    }

    private static IEnumerable<string> States(JsonObject order) => order["orderItem"]!.AsArray().Select(item => item!["state"]!.ToString());

    private static List<string> Supporting(JsonObject order, int item) =>
        [.. order["orderItem"]![item]!["service"]!["supportingService"]!.AsArray().Select(one => one!["id"]!.ToString())];

    private static string ServiceOf(JsonObject order, int item) => Supporting(order, item)[0];

    private static string Notes(JsonObject order) => string.Join("; ", order["note"]!.AsArray().Select(note => note!["text"]!.ToString()));

    private static string? Value(JsonObject service, string name) =>
        (string?)service["serviceCharacteristic"]!.AsArray().FirstOrDefault(one => (string?)one!["name"] == name)?["value"]?["value"];

    private static void Set(JsonObject service, string name, string value) =>
        service["serviceCharacteristic"]!.AsArray().Single(one => (string?)one!["name"] == name)!["value"]!["value"] = value;
}
