using System.CommandLine;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using NaaS.Sandbox;
using NaaS.Standalone.Serving;

namespace NaaS.Standalone.SandboxServing;

/// <summary><c>naas fault</c>: orders what goes wrong with the simulated hub or a simulated cluster, tells it, and ends it.</summary>
internal static class FaultCommand
{
    private const string Well = "well";
    private const string Of =
        "Of the hub: down, slow=SECONDS, throttled=N, conflict=N, failing=N, lost-answer=N, gone (watches get 410), restart. Of a cluster: lost, agent-down, "
        + "api-down, slow=SECONDS, refuse[=NAME] (objects), never-ready[=NAME] (pods), and those of the hub, but slow, for its API server. "
        + "well ends all; without faults those that are there are told.";

    public static Command Create()
    {
        var target = new Argument<string>("target") { Description = "hub, or a cluster's name such as c1." };
        var faults = new Argument<string[]>("faults") { Description = Of, Arity = ArgumentArity.ZeroOrMore };
        var hub = AddressOption.Create("--hub", "Address of the simulated hub (default: that of 'naas serve' in --data, else http://127.0.0.1:8080/hub).");
        var data = new Option<DirectoryInfo>("--data") { Description = "Folder of 'naas serve'.", DefaultValueFactory = _ => new DirectoryInfo(".naas") };
        var command = new Command("fault", "Orders faults of the simulated hub and clusters.") { target, faults, hub, data };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            arguments.GetValue(target)!, arguments.GetValue(faults) ?? [], arguments.GetValue(hub) ?? Served(arguments.GetValue(data)!), cancellationToken));
        return command;
    }

    private static Uri Served(DirectoryInfo data)
    {
        var file = Path.Combine(data.FullName, "addresses.json");
        return File.Exists(file) ? new Uri((string)JsonNode.Parse(File.ReadAllText(file))!["hub"]!) : new Uri("http://127.0.0.1:8080/hub");
    }

    private static async Task<int> RunAsync(string target, string[] faults, Uri hub, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        var sandbox = new FaultClient(http, new Uri($"{hub.ToString().TrimEnd('/')}/"), target);
        try
        {
            await OrderAsync(sandbox, [.. faults.SelectMany(word => word.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))], cancellationToken);
            Console.WriteLine($"{target}: {await sandbox.TellAsync(cancellationToken)}");
            return 0;
        }
        catch (Exception problem) when (problem is FormatException or HttpRequestException or JsonException)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return 1;
        }
    }

    private static async Task OrderAsync(FaultClient sandbox, IReadOnlyList<string> faults, CancellationToken cancellationToken)
    {
        if (faults is [Well])
        {
            await sandbox.EndAsync(cancellationToken);
            return;
        }

        var behind = string.Join(',', faults.Where(fault => !sandbox.IsHub && ClusterFaults.Has(fault)));
        ClusterFaults.Check(behind);
        var before = string.Join(',', faults.Where(fault => sandbox.IsHub || !ClusterFaults.Has(fault)));
        if (before.Length > 0)
        {
            await sandbox.OrderServerAsync(before, cancellationToken);
        }

        if (behind.Length > 0)
        {
            await sandbox.OrderClusterAsync(behind, cancellationToken);
        }
    }
}

/// <summary>One API server of the sandbox and, where it is a cluster's, what is behind it.</summary>
internal sealed class FaultClient(HttpClient http, Uri hub, string target)
{
    /// <summary>Whether it is the hub's.</summary>
    public bool IsHub => target == "hub";

    private Uri Server => new(hub, $"/faults/{Uri.EscapeDataString(target)}");

    private Uri Cluster => new(hub, $"apis/cluster.open-cluster-management.io/v1/managedclusters/{Uri.EscapeDataString(target)}");

    /// <summary>Faults of the API server, on top of those that are there.</summary>
    public Task OrderServerAsync(string faults, CancellationToken cancellationToken) =>
        SendAsync(new(HttpMethod.Put, Server) { Content = new StringContent(faults) }, cancellationToken);

    /// <summary>Faults of the cluster, instead of those that are there; null for none.</summary>
    public Task OrderClusterAsync(string? faults, CancellationToken cancellationToken)
    {
        var patch = new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [ClusterFaults.Annotation] = faults } } };
        return SendAsync(
            new(HttpMethod.Patch, Cluster) { Content = new StringContent(patch.ToJsonString(), new MediaTypeHeaderValue("application/merge-patch+json")) }, cancellationToken);
    }

    /// <summary>Ends all faults.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        await SendAsync(new(HttpMethod.Delete, Server), cancellationToken);
        if (!IsHub)
        {
            await OrderClusterAsync(null, cancellationToken);
        }
    }

    /// <summary>The faults that are there, or that it is well.</summary>
    public async Task<string> TellAsync(CancellationToken cancellationToken)
    {
        var server = (await SendAsync(new(HttpMethod.Get, Server), cancellationToken)).Trim();
        var behind = IsHub ? null : (string?)JsonNode.Parse(await SendAsync(new(HttpMethod.Get, Cluster), cancellationToken))!["metadata"]!["annotations"]?[ClusterFaults.Annotation];
        var all = string.Join(',', new[] { behind, server }.Where(text => !string.IsNullOrEmpty(text)));
        return all.Length == 0 ? "well" : all;
    }

    private async Task<string> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            return response.IsSuccessStatusCode ? text : throw new HttpRequestException((string?)JsonNode.Parse(text)?["message"] ?? $"{request.RequestUri} answers {response.StatusCode}");
        }
    }
}
