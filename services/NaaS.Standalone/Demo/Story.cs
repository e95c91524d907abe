using System.Net;
using System.Text.Json.Nodes;
using NaaS.Standalone.Serving;

namespace NaaS.Standalone.Demo;

/// <summary>The steps of the demonstration, in the order in which they happen. Each returns what it saw, or throws.</summary>
internal sealed class Story(Addresses addresses, Listener listener, HttpClient http, CancellationToken stop) : IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(25);
    private static readonly string[] Moved = ["web", "phpmyadmin"];
    private readonly HttpClient openSlice = new() { BaseAddress = addresses.Openslice };
    private readonly ClusterView view = new(http, stop);
    private JsonNode? specification;
    private HashSet<string> before = [];
    private string orderId = "";
    private string serviceId = "";

    private Osom Osom => new(openSlice);

    /// <summary>Runs the steps until one fails.</summary>
    public async Task<bool> TellAsync(Timeline timeline, bool keep)
    {
        List<(string Name, Func<Task<string>> Step)> steps =
        [
            ("Publish the specification", PublishAsync),
            ("Subscribe to order and service events", SubscribeAsync),
            ("Order from OpenSlice", OrderAsync),
            ("Scale: 1 to 2 replicas", ScaleReplicasAsync),
            ("Scale: CPU and memory limits", ScaleLimitsAsync),
            ("Secure: chart 0.0.1 to 0.0.2", SecureAsync),
            ("Relocate: two of three components", RelocateAsync),
            ("Refuse a wrong knob value", RefuseKnobAsync),
            ("Refuse a chart version that does not exist", RefuseVersionAsync),
            ("End the service", EndAsync),
        ];
        if (keep)
        {
            steps.Add(("Order again, to be looked at", OrderAgainAsync));
        }

        foreach (var (name, step) in steps)
        {
            if (!await timeline.RunAsync(name, step))
            {
                return false;
            }
        }

        return true;
    }

    public void Dispose() => openSlice.Dispose();

    private async Task<string> PublishAsync()
    {
        using var response = await http.PostAsJsonAsync(
            new Uri(addresses.Api, "/tmf-api/serviceCatalogManagement/v4/serviceSpecification"), CmsService.Specification(), stop);
        var created = await ReadAsync(response, HttpStatusCode.Created);
        var imported = await openSlice.GetFromJsonAsync<JsonNode>($"tmf-api/serviceCatalogManagement/v4/serviceSpecification/{created["id"]}", stop);
        specification = imported!;
        return $"{created["name"]} {created["version"]} is {created["lifecycleStatus"]}, {specification["serviceSpecCharacteristic"]!.AsArray().Count} characteristics";
    }

    private async Task<string> SubscribeAsync()
    {
        foreach (var api in new[] { "serviceOrdering", "serviceInventory" })
        {
            using var response = await http.PostAsJsonAsync(
                new Uri(addresses.Api, $"/tmf-api/{api}/v4/hub"), new JsonObject { ["callback"] = listener.Callback.ToString() }, stop);
            await ReadAsync(response, HttpStatusCode.Created);
        }

        foreach (var path in ClusterView.OnHub)
        {
            await view.FollowAsync("hub", addresses.Hub, path);
        }

        foreach (var (cluster, server) in addresses.Clusters)
        {
            foreach (var path in ClusterView.OnClusters)
            {
                await view.FollowAsync(cluster, server, path);
            }
        }

        before = [.. view.Now.Select(one => one.Uid)];
        return $"listening on {listener.Callback}";
    }

    private async Task<string> OrderAsync()
    {
        var accepted = DateTimeOffset.UtcNow;
        var reply = await Osom.OrderAsync(specification!, CmsService.Order(addresses.Charts), stop);
        orderId = (string)reply["id"]!;
        var order = await WithinAMinute("an order that has ended", Osom.UntilCompletedAsync(orderId, PollInterval, stop));
        var services = order["orderItem"]![0]!["service"]!["supportingService"]!.AsArray();
        foreach (var reference in services)
        {
            var service = await Osom.GetServiceAsync((string)reference!["id"]!, stop);
            Expect((string?)service["state"] == "active", $"service {service["name"]} is {service["state"]}, not active");
        }

        serviceId = (string)services[0]!["id"]!;
        var works = await WithinAMinute("a ManifestWork on the hub", view.History.FirstAsync(seen => seen is { Server: "hub", Kind: "ManifestWork" }, stop));
        var ready = view.History.All.Last(entry => entry.What.Kind == "Pod" && IsReady(entry.What)).At;
        var notified = await WithinAMinute(
            "the notification that the order is completed", listener.ArrivalAsync("ServiceOrderStateChangeEvent", "serviceOrder", orderId, "completed", stop));
        return $"{services.Count} services active on {Where("phpmyadmin")}; accepted to ManifestWork {Milliseconds(works - accepted)}, last pod ready to notification {Milliseconds(notified - ready)}";
    }

    private async Task<string> ScaleReplicasAsync()
    {
        var before = Pods();
        var cluster = Where("phpmyadmin");
        await Osom.ChangeAsync(serviceId, new Dictionary<string, string> { [CmsService.Replicas] = "2" }, stop);
        await view.UntilAsync(() => "phpmyadmin has two ready replicas", now => now.Any(one => one is { Kind: "Deployment", Name: "phpmyadmin", ReadyReplicas: 2 }), stop);
        Expect(Where("phpmyadmin") == cluster, "phpmyadmin changed its cluster");
        var after = Pods();
        Expect(before.IsSubsetOf(after) && after.Count == before.Count + 1, $"pods changed beyond the new one: {before.Count} before, {after.Count} after, {before.Except(after).Count()} gone");
        await UntilSettledAsync();
        return $"second replica on {cluster}, the other {before.Count} pods untouched";
    }

    private async Task<string> ScaleLimitsAsync()
    {
        var others = Pods(except: "phpmyadmin");
        await Osom.ChangeAsync(serviceId, new Dictionary<string, string> { [CmsService.CpuLimit] = "500m", [CmsService.MemoryLimit] = "512Mi" }, stop);
        await view.UntilAsync(
            () => "two phpmyadmin pods run with the new limits, and those before them are gone",
            now => now.Where(one => one.Kind == "Pod" && IsOf(one, "phpmyadmin")).ToList() is { Count: 2 } pods
                && pods.TrueForAll(one => IsReady(one) && Limit(one, "cpu") == "500m" && Limit(one, "memory") == "512Mi"),
            stop);
        Expect(others.IsSubsetOf(Pods()), "pods of other components were restarted");
        await UntilSettledAsync();
        return "cpu 500m, memory 512Mi; pods of the other components untouched";
    }

    private async Task<string> SecureAsync()
    {
        var before = Pods();
        await Osom.ChangeAsync(serviceId, new Dictionary<string, string> { [CmsService.Version] = "0.0.2" }, stop);
        await view.UntilAsync(() => "the NetworkPolicy is there", now => now.Any(one => one.Kind == "NetworkPolicy"), stop);
        await UntilSettledAsync();
        Expect(before.SetEquals(Pods()), "pods were restarted");
        var policy = view.Now.First(one => one.Kind == "NetworkPolicy");
        return $"NetworkPolicy {policy.Name} on {policy.Server}, {before.Count} pods untouched";
    }

    private async Task<string> RelocateAsync()
    {
        var (from, database) = (Where("phpmyadmin"), Where("database"));
        var probe = new ReadyProbe(Moved);
        using (view.Probe(probe.Look))
        {
            await Osom.ChangeAsync(serviceId, new Dictionary<string, string> { [CmsService.ClusterMetadata] = CmsService.Apart() }, stop);
            await view.UntilAsync(
                () => "both components run on c2 only",
                now => Moved.All(name => now.Where(one => one.Kind is "Deployment" or "Pod" && IsOf(one, name)).All(one => one.Server == "c2")),
                stop);
            await UntilSettledAsync();
        }

        probe.ThrowIfGap();
        Expect(Where("database") == database, "the database moved");
        return $"{string.Join(" and ", Moved)} from {from} to c2, database stays on {database}; gap {Milliseconds(probe.LongestGap)} over {probe.Looks} looks";
    }

    private async Task<string> RefuseKnobAsync()
    {
        var pods = Pods();
        var reply = await Osom.ChangeAsync(serviceId, new Dictionary<string, string> { [CmsService.Replicas] = "11" }, stop);
        Expect(Value(reply, CmsService.Replicas) == "2", $"{CmsService.Replicas} reads {Value(reply, CmsService.Replicas)}");
        Expect(pods.SetEquals(Pods()), "pods changed");
        return LastNote(reply);
    }

    private async Task<string> RefuseVersionAsync()
    {
        var pods = Pods();
        await Osom.ChangeAsync(serviceId, new Dictionary<string, string> { [CmsService.Version] = "9.9.9" }, stop);
        var service = await UntilSettledAsync(one => Value(one, CmsService.Version) == "0.0.2");
        Expect((string?)service["state"] == "active" && pods.SetEquals(Pods()), "the service did not keep running as it was");
        return LastNote(service);
    }

    private async Task<string> EndAsync()
    {
        await Osom.EndAsync(orderId, stop);
        await view.UntilAsync(
            () => $"nothing of the service is left; there still is {string.Join(", ", Ours().Select(one => $"{one.Server}: {one.Kind} {one.Name}"))}",
            _ => !Ours().Any(),
            stop);
        await WithinAMinute(
            "the notification that the service is terminated", listener.ArrivalAsync("ServiceStateChangeEvent", "service", serviceId, "terminated", stop));
        var service = await Osom.GetServiceAsync(serviceId, stop);
        Expect((string?)service["state"] == "terminated", $"service is {service["state"]}");
        return $"nothing left on hub and clusters; {listener.Count} notifications in all";
    }

    private async Task<string> OrderAgainAsync()
    {
        var wanted = CmsService.Order(addresses.Charts);
        wanted[CmsService.Version] = "0.0.2";
        wanted[CmsService.ClusterMetadata] = CmsService.Apart();
        var reply = await Osom.OrderAsync(specification!, wanted, stop);
        await WithinAMinute("an order that has ended", Osom.UntilCompletedAsync((string)reply["id"]!, PollInterval, stop));
        return $"web and phpmyadmin on {Where("phpmyadmin")}, database on {Where("database")}";
    }

    private static async Task<T> WithinAMinute<T>(string what, Task<T> awaited)
    {
        try
        {
            return await awaited.WaitAsync(TimeSpan.FromMinutes(1));
        }
        catch (TimeoutException)
        {
            throw new StepFailedException($"after a minute still missing: {what}");
        }
    }

    private Task<JsonNode> UntilSettledAsync(Func<JsonNode, bool>? and = null) => WithinAMinute("a service at rest", PollUntilSettledAsync(and));

    /// <summary>Polls the service as OpenSlice's sync does until its last change has been carried out or given up.</summary>
    private async Task<JsonNode> PollUntilSettledAsync(Func<JsonNode, bool>? and)
    {
        while (true)
        {
            var service = await Osom.GetServiceAsync(serviceId, stop);
            if (Value(service, "status.rollout") is "good" or "unchanged" or "failed" && (and is null || and(service)))
            {
                return service;
            }

            await Task.Delay(PollInterval, stop);
        }
    }

    private IEnumerable<Seen> Ours() => view.Now.Where(one => !before.Contains(one.Uid));

    private HashSet<string> Pods(string? except = null) =>
        [.. view.Now.Where(one => one.Kind == "Pod" && (except is null || !IsOf(one, except))).Select(one => one.Uid)];

    private string Where(string workload) =>
        string.Join(", ", view.Now.Where(one => one.Kind is "Deployment" or "StatefulSet" && one.Name == workload).Select(one => one.Server));

    private static bool IsOf(Seen one, string workload) => one.Name.StartsWith(workload, StringComparison.Ordinal);

    private static bool IsReady(Seen pod) =>
        pod.Object["status"]?["conditions"]?.AsArray().Any(one => (string?)one?["type"] == "Ready" && (string?)one["status"] == "True") ?? false;

    private static string? Limit(Seen pod, string resource) => (string?)pod.Object["spec"]?["containers"]?[0]?["resources"]?["limits"]?[resource];

    private static string? Value(JsonNode service, string characteristic) =>
        (string?)service["serviceCharacteristic"]!.AsArray().FirstOrDefault(one => (string?)one?["name"] == characteristic)?["value"]?["value"];

    private static string LastNote(JsonNode service) => (string?)service["note"]?.AsArray().LastOrDefault()?["text"] ?? "";

    private static string Milliseconds(TimeSpan time) => $"{time.TotalMilliseconds:F0} ms";

    private static void Expect(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new StepFailedException(otherwise);
        }
    }

    private async Task<JsonNode> ReadAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        var text = await response.Content.ReadAsStringAsync(stop);
        Expect(response.StatusCode == expected, $"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri} answered {(int)response.StatusCode}: {text}");
        return JsonNode.Parse(text)!;
    }
}
