using System.Net;
using System.Text.Json.Nodes;
using NaaS.ClusterHub.Objects;
using NaaS.ClusterHub.Placements;
using NaaS.Contracts;

namespace NaaS.Fulfilment.Tests.EndToEnd;

/// <summary>What accidents do to a running service: nothing that lasts.</summary>
public class FaultTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Shop(int replicas) => ServiceLifeTests.Deployment("web", replicas) + ServiceLifeTests.Deployment("cart");

    [Fact]
    public async Task Requests_that_fail_before_or_after_their_effect_change_no_outcome()
    {
        var random = new Random(7);
        await using var installation = await Installation.StartAsync(new() { OnTheWayToTheHub = () => [new LossyRoad(random)] });
        for (var i = 0; i < 2; i++)
        {
            installation.Service = Guid.NewGuid();
            (await installation.ConclusionAsync(await installation.ChangeAsync(Shop(1), ServiceLifeTests.At(("web", "edge"), ("cart", "edge")), @namespace: null)))
                .ShouldSatisfyAllConditions(report => report.Rollout.ShouldBe(Rollout.Good), report => report.Components.ShouldAllBe(component => component.Cluster == "c1"));
            (await installation.ConclusionAsync(await installation.ChangeAsync(Shop(2), ServiceLifeTests.At(("web", "core"), ("cart", "edge")), @namespace: null)))
                .ShouldSatisfyAllConditions(report => report.Rollout.ShouldBe(Rollout.Good), report => report.Components[0].Cluster.ShouldBe("c2"));
            (await installation.ConclusionAsync(await installation.TerminateAsync())).Rollout.ShouldBe(Rollout.Terminated);
        }

        (await installation.WorksAsync()).ShouldBe(0);
        (await installation.PlacementsAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Objects_of_the_hub_that_make_no_sense_change_no_outcome()
    {
        var road = new GarblingRoad(new Random(11));
        await using var installation = await Installation.StartAsync(new() { OnTheWayToTheHub = () => [road] });
        var command = await installation.ChangeAsync(Shop(1), ServiceLifeTests.At(("web", "edge"), ("cart", "edge")), deadline: 300);
        await Installation.UntilAsync(() => Task.FromResult(road.Garbled > 5), 60);
        road.IsHonest = true;
        (await installation.ConclusionAsync(command, 60)).Rollout.ShouldBe(Rollout.Good);

        // Once more, while it changes.
        var before = road.Garbled;
        road.IsHonest = false;
        command = await installation.ChangeAsync(Shop(2), ServiceLifeTests.At(("web", "core"), ("cart", "edge")), deadline: 300);
        await Installation.UntilAsync(() => Task.FromResult(road.Garbled > before + 5), 60);
        road.IsHonest = true;
        (await installation.ConclusionAsync(command, 60))
            .ShouldSatisfyAllConditions(report => report.Rollout.ShouldBe(Rollout.Good), report => report.Components[0].Cluster.ShouldBe("c2"));
        (await installation.ConclusionAsync(await installation.TerminateAsync(), 60)).Rollout.ShouldBe(Rollout.Terminated);
        (await installation.WorksAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_worker_that_ends_in_the_middle_of_a_rollout_goes_on_after_its_restart()
    {
        await using var installation = await Installation.StartAsync();
        var command = await installation.ChangeAsync(Shop(1), ServiceLifeTests.At(("web", "edge"), ("cart", "core")));
        await installation.ReportAsync(command, Rollout.Designed);
        await installation.RestartAsync();
        (await installation.ConclusionAsync(command)).Rollout.ShouldBe(Rollout.Good);
        var end = await installation.TerminateAsync();
        await installation.ReportAsync(end, Rollout.Removing);
        await installation.RestartAsync();
        (await installation.ConclusionAsync(end)).Rollout.ShouldBe(Rollout.Terminated);
        (await installation.WorksAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_work_that_someone_deletes_or_edits_is_put_right()
    {
        await using var installation = await Installation.StartAsync();
        await installation.ConclusionAsync(await installation.ChangeAsync(Shop(1), ServiceLifeTests.At(("web", "edge"), ("cart", "edge"))));
        var work = (await installation.Hub.ListAsync(HubResource.ManifestWorks, "c1", HubLabels.Service, Token)).Items.ShouldHaveSingleItem();
        var name = (string)work["metadata"]!["name"]!;
        await installation.Hub.DeleteAsync(HubResource.ManifestWorks, "c1", name, Token);
        await Installation.UntilAsync(async () =>
            await installation.Hub.FindAsync(HubResource.ManifestWorks, "c1", name, Token) is { } there && (string?)there["metadata"]!["uid"] != (string?)work["metadata"]!["uid"]);
        await Installation.UntilAsync(async () => ((int?)(await installation.DeploymentAsync("c1", "web"))?["status"]?["readyReplicas"]) == 1);

        var edited = (await installation.Hub.FindAsync(HubResource.ManifestWorks, "c1", name, Token))!;
        var manifests = edited["spec"]!["workload"]!["manifests"]!.AsArray();
        manifests.RemoveAt(manifests.Count - 1);
        await installation.Hub.ApplyAsync(
            HubResource.ManifestWorks,
            new()
            {
                ["apiVersion"] = edited["apiVersion"]!.DeepClone(),
                ["kind"] = "ManifestWork",
                ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "c1", ["labels"] = edited["metadata"]!["labels"]!.DeepClone() },
                ["spec"] = edited["spec"]!.DeepClone(),
            },
            Token);
        await Installation.UntilAsync(async () =>
            (await installation.Hub.FindAsync(HubResource.ManifestWorks, "c1", name, Token))!["spec"]!["workload"]!["manifests"]!.AsArray().Count == 2);
    }

    [Fact]
    public async Task A_cluster_that_is_tainted_is_left_for_one_that_suits()
    {
        await using var installation = await Installation.StartAsync();
        var command = await installation.ChangeAsync(Shop(1), ServiceLifeTests.At(("web", "edge"), ("cart", "core")));
        await installation.ConclusionAsync(command);
        await ChangeClusterAsync(installation, new() { ["metadata"] = new JsonObject { ["name"] = "c3", ["labels"] = new JsonObject { ["location"] = "edge" } } });
        await ChangeClusterAsync(installation, new()
        {
            ["metadata"] = new JsonObject { ["name"] = "c1" },
            ["spec"] = new JsonObject { ["taints"] = new JsonArray(new JsonObject { ["key"] = "maintenance", ["effect"] = "NoSelect", ["timeAdded"] = "2026-11-24T09:00:00Z" }) },
        });
        await Installation.UntilAsync(() => Task.FromResult(installation.Reports.Any(report => report.Cause.Kind == CauseKind.Worker && report.Rollout == Rollout.Good)));
        var moved = installation.Reports.Last(report => report.Rollout == Rollout.Good);
        moved.Cause.Id.ShouldContain("c1: ");
        moved.Sequence.ShouldBe(command);
        moved.Components.Select(component => (component.Name, component.Cluster, component.Ready)).ShouldBe([("web", "c3", 1), ("cart", "c2", 1)]);
        (await installation.DeploymentAsync("c1", "web")).ShouldBeNull();
    }

    [Fact]
    public async Task What_was_missing_on_a_cluster_is_noticed_when_it_comes()
    {
        await using var installation = await Installation.StartAsync();
        const string Beside = "{apiVersion: v1, kind: ConfigMap, metadata: {name: beside, namespace: later}}\n---\n";
        var command = await installation.ChangeAsync(ServiceLifeTests.Deployment("web") + Beside, ServiceLifeTests.At(("web", "edge")));
        await Installation.UntilAsync(() => Task.FromResult(installation.Reports.Any(report => report.Reason?.Contains("namespaces \"later\" not found", StringComparison.Ordinal) is true)));
        await installation.Cluster("c1").EnsureNamespaceAsync("later", Token);
        (await installation.ConclusionAsync(command)).Rollout.ShouldBe(Rollout.Good);
    }

    private static Task<JsonObject> ChangeClusterAsync(Installation installation, JsonObject change)
    {
        change["apiVersion"] = HubResource.ManagedClusters.ApiVersion;
        change["kind"] = "ManagedCluster";
        return installation.Hub.ApplyAsync(HubResource.ManagedClusters, change, Token);
    }

    [Fact]
    public async Task Two_services_cannot_have_the_same_object()
    {
        await using var installation = await Installation.StartAsync();
        await installation.ConclusionAsync(await installation.ChangeAsync(ServiceLifeTests.Deployment("web"), ServiceLifeTests.At(("web", "edge"))));
        var first = installation.Service;
        installation.Service = Guid.NewGuid();
        var second = await installation.ConclusionAsync(await installation.ChangeAsync(ServiceLifeTests.Deployment("web", 2), ServiceLifeTests.At(("web", "edge"))));
        second.Rollout.ShouldBe(Rollout.Terminated);
        second.Reason.ShouldBe($"Deployment/default/web on c1 belongs to service {first}");
        ((int?)(await installation.DeploymentAsync("c1", "web"))!["spec"]!["replicas"]).ShouldBe(1);
    }

    /// <summary>Puts values of another type into the hub's answers, or breaks them off.</summary>
    private sealed class GarblingRoad(Random random) : DelegatingHandler
    {
        private int garbled;

        public int Garbled => Volatile.Read(ref garbled);

        public bool IsHonest { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (IsHonest || !response.IsSuccessStatusCode || request.RequestUri!.Query.Contains("watch=", StringComparison.Ordinal))
            {
                return response;
            }

            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            lock (random)
            {
                if (random.Next(3) == 0)
                {
                    body = Garble(body);
                    Interlocked.Increment(ref garbled);
                }
            }

            return new(response.StatusCode) { Content = new StringContent(body) };
        }

        private string Garble(string body)
        {
            if (random.Next(5) == 0)
            {
                return body[..random.Next(body.Length)];
            }

            var root = JsonNode.Parse(body)!;
            for (var count = random.Next(1, 4); count > 0; count--)
            {
                var places = Places(root).ToList();
                var (parent, key) = places[random.Next(places.Count)];
                Replace(parent, key, parent is JsonObject map ? map[key] : parent[int.Parse(key, System.Globalization.CultureInfo.InvariantCulture)]);
            }

            return root.ToJsonString();
        }

        // Never of the same type, so that it is wrong and not merely false.
        private static void Replace(JsonNode parent, string key, JsonNode? value)
        {
            JsonNode other = value switch
            {
                JsonObject => new JsonArray("x"),
                JsonArray => "x",
                JsonValue one when one.GetValueKind() == System.Text.Json.JsonValueKind.String => new JsonObject { ["x"] = 1 },
                _ => "x",
            };
            if (parent is JsonObject map)
            {
                map[key] = other;
            }
            else
            {
                parent[int.Parse(key, System.Globalization.CultureInfo.InvariantCulture)] = other;
            }
        }

        private static IEnumerable<(JsonNode Parent, string Key)> Places(JsonNode node) => node switch
        {
            JsonObject map => map.SelectMany(entry => (entry.Value is null ? [] : Places(entry.Value)).Prepend((node, entry.Key))),
            JsonArray list => list.SelectMany((item, i) => (item is null ? [] : Places(item)).Prepend((node, i.ToString(System.Globalization.CultureInfo.InvariantCulture)))),
            _ => [],
        };
    }

    /// <summary>Loses one writing request in three, half of them after the hub has done them.</summary>
    private sealed class LossyRoad(Random random) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var fate = request.Method == HttpMethod.Get || request.RequestUri!.AbsolutePath.Contains("/leases", StringComparison.Ordinal) ? 5 : Next();
            if (fate == 0)
            {
                throw new HttpRequestException("lost on the way there");
            }

            var response = await base.SendAsync(request, cancellationToken);
            return fate == 1 ? new HttpResponseMessage(HttpStatusCode.BadGateway) { Content = new StringContent("") } : response;
        }

        private int Next()
        {
            lock (random)
            {
                return random.Next(6);
            }
        }
    }
}
