using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace NaaS.EndToEnd.Tests;

/// <summary>Orders that are cancelled at some moment: what they had done is undone, on hub and clusters and in the inventory.</summary>
public sealed class CancellationTests : IDisposable
{
    private const string Orders = "/tmf-api/serviceOrdering/v4/serviceOrder";
    private const string Cancellations = "/tmf-api/serviceOrdering/v4/cancelServiceOrder";
    private const string Services = "/tmf-api/serviceInventory/v4/service";
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("naas-cancel-");
    private readonly HttpClient http = new();
    private JsonNode addresses = new JsonObject();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        http.Dispose();
        data.Delete(recursive: true);
    }

    [Fact(Timeout = 180_000)]
    public async Task What_a_cancelled_order_had_done_is_undone()
    {
        var file = Path.Combine(data.FullName, "addresses.json");
        await using var serve = Executable.Start("NaaS.Standalone", "naas", ["serve", "--urls", "http://127.0.0.1:0", "--hub-port", "0", "--data", data.FullName]);
        await serve.UntilAsync(() => Task.FromResult(File.Exists(file)), Token);
        addresses = JsonNode.Parse(await File.ReadAllTextAsync(file, Token))!;
        http.BaseAddress = new Uri((string)addresses["api"]!);
        var document = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Folders.Repository, "deploy", "examples", "specification.json"), Token))!;
        var specification = (string)(await PostAsync("/tmf-api/serviceCatalogManagement/v4/serviceSpecification", document))["id"]!;

        // While the pods of a new service start.
        await FaultAsync("c2", "never-ready=phpmyadmin");
        var slow = await PostAsync(Orders, Order(Add("1", specification, "slow", At("openshift"))));
        await UntilAsync($"{Orders}/{slow["id"]}", order => Milestones(order).Contains("delivered"));
        (await CancelledAsync(slow))["serviceOrderItem"]![0]!["state"]!.ToString().ShouldBe("cancelled");
        (await GetAsync($"{Services}/{ServiceOf(slow)}"))["state"]!.ToString().ShouldBe("terminated");
        (await WorksAsync("c2")).ShouldBe(0);

        // Half way through a move.
        var made = await PostAsync(Orders, Order(Add("1", specification, "shop", At("kubernetes"))));
        await UntilAsync($"{Orders}/{made["id"]}", order => (string?)order["state"] == "completed");
        var service = ServiceOf(made);
        var move = await PostAsync(Orders, Order(Change("1", service, ("Cluster Metadata", Apart), ("values.phpmyadmin.replicaCount", "2"))));
        await UntilAsync($"{Orders}/{move["id"]}", order => Milestones(order).Contains("delivered"));
        (await WorksAsync("c2")).ShouldBeGreaterThan(0);
        var task = await CancelAsync(move);
        await UntilAsync($"{Orders}/{move["id"]}", order => (string?)order["state"] == "cancelled");
        (await UntilAsync($"{Cancellations}/{task["id"]}", one => (string?)one["state"] == "done"))["completionMessage"]!.ToString().ShouldContain("undone");
        (await WorksAsync("c2")).ShouldBe(0);
        var back = await GetAsync($"{Services}/{service}");
        back["state"]!.ToString().ShouldBe("active");
        Value(back, "values.phpmyadmin.replicaCount").ShouldBe("1");
        Value(back, "Cluster Metadata").ShouldBe(At("kubernetes"));
        Value(back, "status.rollout").ShouldBe("withdrawn");

        // One item completed, another under way.
        var second = Add("2", specification, "second", At("openshift"));
        second["serviceOrderItemRelationship"] = new JsonArray(new JsonObject { ["relationshipType"] = "dependency", ["orderItem"] = new JsonObject { ["itemId"] = "1" } });
        var both = await PostAsync(Orders, Order(Change("1", service, ("values.phpmyadmin.replicaCount", "2")), second));
        await UntilAsync($"{Orders}/{both["id"]}", order => (string?)order["serviceOrderItem"]![0]!["state"] == "completed" && Milestones(order).Count(name => name == "delivered") == 2);
        Value(await GetAsync($"{Services}/{service}"), "values.phpmyadmin.replicaCount").ShouldBe("2");
        (await CancelledAsync(both))["serviceOrderItem"]!.AsArray().ShouldAllBe(item => (string?)item!["state"] == "cancelled");
        Value(await GetAsync($"{Services}/{service}"), "values.phpmyadmin.replicaCount").ShouldBe("1");
        (await WorksAsync("c2")).ShouldBe(0);
    }

    private const string Apart =
        "{kind: P2CodeSchedulingManifest, apiVersion: scheduling.p2code.eu/v1alpha1, spec: {globalAnnotations: [p2code.target.managedClusterSet=default], "
        + "workloadAnnotations: [{name: phpmyadmin, annotations: [p2code.filter.kubernetes-distribution=openshift]}]}}";

    private static string At(string distribution) =>
        "{kind: P2CodeSchedulingManifest, apiVersion: scheduling.p2code.eu/v1alpha1, spec: {globalAnnotations: [p2code.target.managedClusterSet=default, "
        + $"p2code.filter.kubernetes-distribution={distribution}]}}}}";

    private async Task<JsonObject> CancelledAsync(JsonObject order)
    {
        await CancelAsync(order);
        return await UntilAsync($"{Orders}/{order["id"]}", one => (string?)one["state"] == "cancelled");
    }

    private Task<JsonObject> CancelAsync(JsonObject order) =>
        PostAsync(Cancellations, new JsonObject { ["serviceOrder"] = new JsonObject { ["id"] = order["id"]!.DeepClone() } });

    private static JsonObject Order(params JsonObject[] items) => new() { ["serviceOrderItem"] = new JsonArray([.. items]) };

    private static JsonObject Add(string id, string specification, string name, string placement) => new()
    {
        ["id"] = id,
        ["action"] = "add",
        ["service"] = new JsonObject
        {
            ["name"] = name,
            ["serviceSpecification"] = new JsonObject { ["id"] = specification },
            ["serviceCharacteristic"] = new JsonArray(Characteristic(("Cluster Metadata", placement))),
        },
    };

    private static JsonObject Change(string id, string service, params (string Name, string Value)[] values) => new()
    {
        ["id"] = id,
        ["action"] = "modify",
        ["service"] = new JsonObject { ["id"] = service, ["serviceCharacteristic"] = new JsonArray([.. values.Select(Characteristic)]) },
    };

    private static JsonObject Characteristic((string Name, string Value) one) => new() { ["name"] = one.Name, ["value"] = one.Value };

    private static string ServiceOf(JsonObject order) => (string)order["serviceOrderItem"]![0]!["service"]!["id"]!;

    private static IEnumerable<string> Milestones(JsonObject order) => (order["milestone"] as JsonArray ?? []).Select(milestone => (string)milestone!["name"]!);

    private static string? Value(JsonObject service, string name) =>
        (service["serviceCharacteristic"] as JsonArray ?? []).FirstOrDefault(one => (string?)one!["name"] == name)?["value"]?.ToString();

    private async Task FaultAsync(string cluster, string faults)
    {
        var patch = new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { ["sandbox.naas.example/faults"] = faults } } };
        using var body = new StringContent(patch.ToJsonString(), new MediaTypeHeaderValue("application/merge-patch+json"));
        using var response = await http.PatchAsync(new Uri($"{addresses["hub"]!.ToString().TrimEnd('/')}/apis/cluster.open-cluster-management.io/v1/managedclusters/{cluster}"), body, Token);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync(Token));
    }

    private async Task<int> WorksAsync(string cluster)
    {
        var list = await http.GetFromJsonAsync<JsonObject>(
            new Uri($"{addresses["hub"]!.ToString().TrimEnd('/')}/apis/work.open-cluster-management.io/v1/namespaces/{cluster}/manifestworks"), Token);
        return list!["items"]!.AsArray().Count;
    }

    private async Task<JsonObject> PostAsync(string path, JsonNode body)
    {
        using var response = await http.PostAsJsonAsync(path, body, Token);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync(Token));
        return (await response.Content.ReadFromJsonAsync<JsonObject>(Token))!;
    }

    private async Task<JsonObject> GetAsync(string path) => (await http.GetFromJsonAsync<JsonObject>(path, Token))!;

    private async Task<JsonObject> UntilAsync(string path, Func<JsonObject, bool> condition)
    {
        var deadline = DateTime.UtcNow.AddSeconds(60);
        while (true)
        {
            var now = await GetAsync(path);
            if (condition(now))
            {
                return now;
            }

            (DateTime.UtcNow < deadline).ShouldBeTrue($"{path} stays {now.ToJsonString()}");
            await Task.Delay(50, Token);
        }
    }
}
