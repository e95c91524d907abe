using System.Collections.Concurrent;
using NaaS.Contracts;
using NaaS.Helm.Charts;
using NaaS.Helm.Releases;
using YamlDotNet.Serialization;

namespace NaaS.Fulfilment.Tests.EndToEnd;

/// <summary>What the worker asks of the hub against what NaaS's own chart allows it: all that is asked is allowed, and nothing else is.</summary>
public class HubRightsTests
{
    // Kubernetes asks for this right behind the request that binds a namespace to a cluster set.
    private const string Binding = "create cluster.open-cluster-management.io/managedclustersets/bind default";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_worker_needs_all_that_the_chart_allows_it_on_the_hub_and_nothing_else()
    {
        var requests = new ConcurrentDictionary<Request, bool>();
        await using var installation = await Installation.StartAsync(new() { OnTheWayToTheHub = () => [new Record(requests)] });
        await LiveAsync(installation);

        var rights = Rights();
        var refused = requests.Keys.Where(request => !rights.Exists(right => right.Allows(request))).ToList();
        refused.Select(request => request.ToString()).ShouldBeEmpty("asked and not allowed");
        var needless = rights.Where(right => !requests.Keys.Any(right.Allows)).Select(right => right.ToString()).Where(right => right != Binding).ToList();
        needless.ShouldBeEmpty("allowed and never asked");
    }

    // A service with a hook comes, moves, is made whole again, leaves an evacuated cluster and ends.
    private static async Task LiveAsync(Installation installation)
    {
        string Shop(int replicas) => ServiceLifeTests.Deployment("web", replicas) + ServiceLifeTests.Deployment("cart");
        const string Hook = """
            apiVersion: batch/v1
            kind: Job
            metadata: {name: before, annotations: {helm.sh/hook: "pre-install,pre-upgrade"}}
            spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: "busybox:1"}]}}}
            """;
        await installation.ConclusionAsync(await installation.ChangeAsync(Shop(1), ServiceLifeTests.At(("web", "edge"), ("cart", "edge")), hooks: Hook));
        await installation.ConclusionAsync(await installation.ChangeAsync(Shop(2), ServiceLifeTests.At(("web", "core"), ("cart", "edge")), hooks: Hook));
        await installation.SendAsync(new EvacuateCluster("c3", true));
        await Installation.UntilAsync(async () =>
            (await installation.Hub.FindAsync(NaaS.ClusterHub.Objects.HubResource.ManagedClusters, null, "c3", Token))!["spec"]!["taints"] is not null);
        await installation.ConclusionAsync(await installation.TerminateAsync());
        (await installation.WorksAsync()).ShouldBe(0);
    }

    // The rules of the chart's roles, as rendered for a hub of its own namespace.
    private static List<Right> Rights()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "NaaS.sln")))
        {
            folder = folder.Parent!;
        }

        var chart = ChartLoader.FromFolder(Path.Combine(folder.FullName, "deploy", "naas"));
        var text = HelmRenderer.Render(chart, new() { Name = "naas", Namespace = "naas" }, null, Token).Text;
        var yaml = new DeserializerBuilder().Build();
        var rights = new List<Right>();
        foreach (var document in text.Split("\n---\n").Select(document => yaml.Deserialize<Dictionary<string, object>?>(document)).OfType<Dictionary<string, object>>())
        {
            if (document["kind"] is not ("Role" or "ClusterRole"))
            {
                continue;
            }

            var @namespace = ((Dictionary<object, object>)document["metadata"]).TryGetValue("namespace", out var given) ? (string)given : null;
            foreach (var rule in ((List<object>)document["rules"]).Cast<Dictionary<object, object>>())
            {
                List<string> List(string name) => rule.TryGetValue(name, out var list) ? [.. ((List<object>)list).Cast<string>()] : [];
                rights.AddRange(from @group in List("apiGroups")
                                from resource in List("resources")
                                from verb in List("verbs")
                                select new Right(verb, @group, resource, document["kind"] is "Role" ? @namespace : null, List("resourceNames")));
            }
        }

        return rights;
    }

    private sealed record Right(string Verb, string Group, string Resource, string? Namespace, IReadOnlyList<string> Names)
    {
        public bool Allows(Request request) => request.Verb == Verb && request.Group == Group && request.Resource == Resource
            && (Namespace is null || request.Namespace == Namespace)
            && (Names.Count == 0 || Names.Contains(request.Name));

        public override string ToString() => $"{Verb} {Group}/{Resource} {string.Join(',', Names)}".TrimEnd();
    }

    private sealed record Request(string Verb, string Group, string Resource, string? Namespace, string? Name);

    /// <summary>Keeps what was asked, as Kubernetes' authorisation sees it.</summary>
    private sealed class Record(ConcurrentDictionary<Request, bool> requests) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).SkipWhile(part => part is not ("api" or "apis")).ToList();
            var response = await base.SendAsync(request, cancellationToken);
            // Everybody may ask for the version.
            // And our namespace, which the worker makes where it is missing, comes with the chart.
            if (path.Count > 2 && (request.Method == HttpMethod.Get || path[^2] != "namespaces"))
            {
                Keep(request, path, response.StatusCode == System.Net.HttpStatusCode.Created);
            }

            return response;
        }

        private void Keep(HttpRequestMessage request, List<string> path, bool created)
        {
            var group = path[0] == "api" ? "" : path[1];
            var rest = path.Skip(path[0] == "api" ? 2 : 3).ToList();
            var isIn = rest is ["namespaces", _, _, ..];
            var @namespace = isIn ? rest[1] : null;
            var (resource, name) = (rest[isIn ? 2 : 0], rest.ElementAtOrDefault(isIn ? 3 : 1));
            var verb = request.Method.Method switch
            {
                "GET" when name is not null => "get",
                "GET" => request.RequestUri!.Query.Contains("watch=true", StringComparison.Ordinal) ? "watch" : "list",
                "POST" => "create",
                "PUT" => "update",
                "PATCH" => "patch",
                var method => method.ToLowerInvariant(),
            };
            requests[new(verb, group, resource, @namespace, name)] = true;
            // An apply that makes the object needs the right to create it too.
            if (verb == "patch" && created)
            {
                requests[new("create", group, resource, @namespace, name)] = true;
            }
        }
    }
}
