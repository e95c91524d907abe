using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NaaS.ClusterHub.Clusters;
using NaaS.ClusterHub.Connection;
using NaaS.ClusterHub.Objects;
using NaaS.ClusterHub.Placements;

namespace NaaS.ClusterHub.Tests.Objects;

/// <summary>The client against the sandbox hub, and against a server that answers what a test says.</summary>
public class HubClientTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static HubClient Client(Uri server) => new(HubConnection.Open(new() { Url = server.ToString() }));

    private static JsonObject Work(string name, int value) => new()
    {
        ["apiVersion"] = "work.open-cluster-management.io/v1",
        ["kind"] = "ManifestWork",
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "c1", ["labels"] = new JsonObject { ["a"] = "b" } },
        ["spec"] = new JsonObject
        {
            ["workload"] = new JsonObject
            {
                ["manifests"] = new JsonArray(new JsonObject
                {
                    ["apiVersion"] = "v1",
                    ["kind"] = "ConfigMap",
                    ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "default" },
                    ["data"] = new JsonObject { ["value"] = value.ToString(System.Globalization.CultureInfo.InvariantCulture) },
                }),
            },
        },
    };

    [Fact]
    public async Task Applying_creates_changes_and_repeats_without_effect()
    {
        var (sandbox, hub) = await Sandboxes.StartAsync();
        await using var _ = sandbox;
        var first = await hub.ApplyAsync(HubResource.ManifestWorks, Work("one", 1), Token);
        var same = await hub.ApplyAsync(HubResource.ManifestWorks, Work("one", 1), Token);
        var changed = await hub.ApplyAsync(HubResource.ManifestWorks, Work("one", 2), Token);
        ((long?)same["metadata"]!["generation"]).ShouldBe((long?)first["metadata"]!["generation"]);
        ((long?)changed["metadata"]!["generation"]).ShouldBe((long?)first["metadata"]!["generation"] + 1);
        (await hub.ListAsync(HubResource.ManifestWorks, null, "a=b", Token)).Items.ShouldHaveSingleItem();
        (await hub.ListAsync(HubResource.ManifestWorks, null, "a=c", Token)).Items.ShouldBeEmpty();
        (await hub.DeleteAsync(HubResource.ManifestWorks, "c1", "one", Token)).ShouldBeTrue();
        (await hub.DeleteAsync(HubResource.ManifestWorks, "c1", "never", Token)).ShouldBeFalse();
        (await hub.FindAsync(HubResource.ManifestWorks, "c1", "never", Token)).ShouldBeNull();
        (await hub.VersionAsync(Token)).ShouldStartWith("v1.");
    }

    [Fact]
    public async Task Refusals_have_names_and_the_hubs_own_words()
    {
        var (sandbox, hub) = await Sandboxes.StartAsync();
        await using var _ = sandbox;
        var empty = Work("empty", 1);
        empty["spec"]!["workload"]!["manifests"] = new JsonArray();
        (await Should.ThrowAsync<HubRefusedException>(() => hub.ApplyAsync(HubResource.ManifestWorks, empty, Token))).Message.ShouldContain("manifests should not be empty");
        var nowhere = Work("one", 1);
        nowhere["metadata"]!["namespace"] = "nowhere";
        (await Should.ThrowAsync<HubNotFoundException>(() => hub.ApplyAsync(HubResource.ManifestWorks, nowhere, Token))).Message.ShouldContain("nowhere");
    }

    [Fact]
    public async Task Clusters_placements_and_decisions_are_read()
    {
        var (sandbox, hub) = await Sandboxes.StartAsync();
        await using var _ = sandbox;
        (await hub.ClustersAsync(Token)).Values.Select(cluster => (cluster.Name, cluster.Labels["location"])).Order().ShouldBe([("c1", "edge"), ("c2", "core"), ("c3", "cloud")]);
        await hub.EnsureBindingAsync("naas", "default", Token);
        await hub.EnsureBindingAsync("naas", "default", Token);
        var spec = JsonNode.Parse("""{"numberOfClusters": 1, "clusterSets": ["default"], "predicates": [{"requiredClusterSelector": {"labelSelector": {"matchLabels": {"location": "core"}}}}]}""")!.AsObject();
        await hub.ApplyPlacementAsync("naas", "one", new Dictionary<string, string> { [HubLabels.Group] = "web" }, spec, Token);
        PlacementState? state;
        while ((state = await hub.FindPlacementAsync("naas", "one", Token))!.Clusters.Count == 0)
        {
            await Task.Delay(10, Token);
        }

        state.Clusters.ShouldBe(["c2"]);
        (await hub.FindPlacementAsync("naas", "two", Token)).ShouldBeNull();
    }

    [Theory]
    [InlineData(401, typeof(HubForbiddenException))]
    [InlineData(403, typeof(HubForbiddenException))]
    [InlineData(404, typeof(HubNotFoundException))]
    [InlineData(409, typeof(HubConflictException))]
    [InlineData(410, typeof(HubExpiredException))]
    [InlineData(422, typeof(HubRefusedException))]
    [InlineData(429, typeof(HubUnavailableException))]
    [InlineData(500, typeof(HubUnavailableException))]
    [InlineData(503, typeof(HubUnavailableException))]
    public async Task Each_status_has_its_exception(int status, Type exception)
    {
        await using var server = await ServeAsync(http =>
        {
            http.Response.StatusCode = status;
            return http.Response.WriteAsync("""{"kind": "Status", "message": "as the hub says"}""");
        });
        var thrown = await Should.ThrowAsync(() => Client(Address(server)).ListAsync(HubResource.Placements, "naas", null, Token), exception);
        thrown.Message.ShouldBe("as the hub says");
        ((HubException)thrown).Status.ShouldBe(status);
    }

    [Fact]
    public async Task A_hub_that_is_not_there_is_unavailable()
    {
        var thrown = await Should.ThrowAsync<HubUnavailableException>(() => Client(new("http://127.0.0.1:1/")).ListAsync(HubResource.Placements, "naas", null, Token));
        thrown.Status.ShouldBe(0);
    }

    [Fact]
    public async Task Long_lists_are_read_page_by_page()
    {
        await using var server = await ServeAsync(http => http.Response.WriteAsync(http.Request.Query["continue"] == "more"
            ? """{"metadata": {"resourceVersion": "7"}, "items": [{"metadata": {"name": "b"}}]}"""
            : """{"metadata": {"resourceVersion": "7", "continue": "more"}, "items": [{"metadata": {"name": "a"}}]}"""));
        var list = await Client(Address(server)).ListAsync(HubResource.ManifestWorks, null, null, Token);
        list.Items.Select(item => (string?)item["metadata"]!["name"]).ShouldBe(["a", "b"]);
        list.ResourceVersion.ShouldBe("7");
    }

    internal static async Task<WebApplication> ServeAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = builder.Build();
        server.Run(answer);
        await server.StartAsync(Token);
        return server;
    }

    internal static Uri Address(WebApplication server) =>
        new(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
}
