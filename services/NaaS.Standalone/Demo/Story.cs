using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using NaaS.OpenSlice.Osom;
using NaaS.Standalone.Serving;

namespace NaaS.Standalone.Demo;

/// <summary>
/// The steps of the demonstration, in the order in which they happen. Each returns what it saw, or throws. Orders and changes are made by the player
/// of OpenSlice, over HTTP as OpenSlice makes them.
/// </summary>
internal sealed class Story(Addresses addresses, Accounts accounts, Listener listener, CancellationToken stop) : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMilliseconds(200);
    private static readonly string[] Moved = ["web", "phpmyadmin"];
    private readonly OsomPlayer openSlice = new(new OsomClient(accounts.ForOpenSlice(addresses.Api), TimeProvider.System), Minute);
    private readonly HttpClient manager = new() { BaseAddress = addresses.Api };
    private readonly ClusterView view = new(stop);
    private string specification = "";
    private HashSet<string> before = [];
    private string orderId = "";

    /// <summary>The ordered service, as OpenSlice mirrors it.</summary>
    private MirroredService Service => openSlice.Of(orderId).First();

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
            ("Echo the order, as OpenSlice does", EchoAsync),
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

    public void Dispose()
    {
        openSlice.Dispose();
        manager.Dispose();
        view.Dispose();
    }

    private async Task<string> PublishAsync()
    {
        manager.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await accounts.ManagerTokenAsync(addresses.Api, manager, stop));
        using var response = await manager.PostAsJsonAsync("/tmf-api/serviceCatalogManagement/v4/serviceSpecification", CmsService.Specification(), stop);
        var created = await ReadAsync(response, HttpStatusCode.Created);
        specification = (string)created["id"]!;
        await openSlice.ImportAsync(stop);
        Expect(openSlice.Catalogue.ContainsKey(specification), "OpenSlice did not import it");
        var imported = openSlice.Catalogue[specification]["serviceSpecCharacteristic"]!.AsArray().Count;
        return $"{created["name"]} {created["version"]} is {created["lifecycleStatus"]}; OpenSlice imported it with {imported} characteristics";
    }

    private async Task<string> SubscribeAsync()
    {
        foreach (var api in new[] { "serviceOrdering", "serviceInventory" })
        {
            using var response = await manager.PostAsJsonAsync($"/tmf-api/{api}/v4/hub", new JsonObject { ["callback"] = listener.Callback.ToString() }, stop);
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
        orderId = await OrderAsync(CmsService.Order(addresses.Charts));
        var services = openSlice.Of(orderId).ToList();
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
        await ChangeAsync(new() { [CmsService.Replicas] = "2" });
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
        await ChangeAsync(new() { [CmsService.CpuLimit] = "500m", [CmsService.MemoryLimit] = "512Mi" });
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
        await ChangeAsync(new() { [CmsService.Version] = "0.0.2" });
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
            await ChangeAsync(new() { [CmsService.ClusterMetadata] = CmsService.Apart() });
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

    private async Task<string> EchoAsync()
    {
        var pods = Pods();
        var (revision, metadata) = (Service["status.revision"], Service[CmsService.ClusterMetadata]);
        await openSlice.EchoAsync(orderId, stop);
        await UntilSettledAsync();
        Expect(Service["status.revision"] == revision && Service[CmsService.ClusterMetadata] == metadata, "the ordered values came back");
        Expect(pods.SetEquals(Pods()) && openSlice.IsLocallyCompleted(orderId), "pods or states changed");
        return $"the order as it was read, with its first values; the service stays at revision {revision}";
    }

    private async Task<string> RefuseKnobAsync()
    {
        var pods = Pods();
        await ChangeAsync(new() { [CmsService.Replicas] = "11" });
        Expect(Service[CmsService.Replicas] == "2", $"{CmsService.Replicas} reads {Service[CmsService.Replicas]}");
        Expect(pods.SetEquals(Pods()), "pods changed");
        return LastNote();
    }

    private async Task<string> RefuseVersionAsync()
    {
        var pods = Pods();
        await ChangeAsync(new() { [CmsService.Version] = "9.9.9" });
        await UntilSettledAsync(() => Service[CmsService.Version] == "0.0.2");
        Expect(Service.State == "active" && pods.SetEquals(Pods()), "the service did not keep running as it was");
        return LastNote();
    }

    private async Task<string> EndAsync()
    {
        var mirrored = openSlice.Of(orderId).ToList();
        await openSlice.EndAsync(orderId, stop);
        await view.UntilAsync(
            () => $"nothing of the service is left; there still is {string.Join(", ", Ours().Select(one => $"{one.Server}: {one.Kind} {one.Name}"))}",
            _ => !Ours().Any(),
            stop);
        await WithinAMinute(
            "the notification that the service is terminated", listener.ArrivalAsync("ServiceStateChangeEvent", "service", Service.ExternalPartnerServiceId, "terminated", stop));
        await WithinAMinute("the end in OpenSlice", openSlice.UntilAsync(() => mirrored.TrueForAll(service => service.State == "terminated"), stop));
        Expect(openSlice.FailedReads == 0, $"{openSlice.FailedReads} reads of OpenSlice failed");
        return $"nothing left on hub and clusters; {listener.Count} notifications; OpenSlice read {openSlice.Reads} times with a token each, no read failed";
    }

    private async Task<string> OrderAgainAsync()
    {
        var wanted = CmsService.Order(addresses.Charts);
        wanted[CmsService.Version] = "0.0.2";
        wanted[CmsService.ClusterMetadata] = CmsService.Apart();
        await OrderAsync(wanted);
        return $"web and phpmyadmin on {Where("phpmyadmin")}, database on {Where("database")}";
    }

    private static async Task<T> WithinAMinute<T>(string what, Task<T> awaited)
    {
        await WithinAMinute(what, (Task)awaited);
        return await awaited;
    }

    private static async Task WithinAMinute(string what, Task awaited)
    {
        try
        {
            await awaited.WaitAsync(TimeSpan.FromMinutes(1));
        }
        catch (TimeoutException)
        {
            throw new StepFailedException($"after a minute still missing: {what}");
        }
    }

    /// <summary>Orders, and waits until OpenSlice's own order is completed: its proxy and all mirrored services are active.</summary>
    private async Task<string> OrderAsync(IReadOnlyDictionary<string, string> characteristics)
    {
        var id = await openSlice.OrderAsync(specification, characteristics, stop);
        var order = await WithinAMinute("an order that has ended", openSlice.UntilProxyIsDoneAsync(id, stop));
        Expect(openSlice.Proxies[id] == "active", $"order is {order["state"]}: {string.Join("; ", Notes(order))}");
        await WithinAMinute("services that are active", openSlice.UntilAsync(() => openSlice.IsLocallyCompleted(id), stop));
        return id;
    }

    private Task ChangeAsync(Dictionary<string, string> changes) => openSlice.ChangeAsync(Service, changes, stop);

    /// <summary>Synchronises as OpenSlice does until the service's last change has been carried out or given up.</summary>
    private Task UntilSettledAsync(Func<bool>? and = null) => WithinAMinute(
        "a service at rest",
        openSlice.UntilAsync(() => Service["status.rollout"] is "good" or "unchanged" or "failed" && (and is null || and()), stop));

    private IEnumerable<Seen> Ours() => view.Now.Where(one => !before.Contains(one.Uid));

    private HashSet<string> Pods(string? except = null) =>
        [.. view.Now.Where(one => one.Kind == "Pod" && (except is null || !IsOf(one, except))).Select(one => one.Uid)];

    private string Where(string workload) =>
        string.Join(", ", view.Now.Where(one => one.Kind is "Deployment" or "StatefulSet" && one.Name == workload).Select(one => one.Server));

    private static bool IsOf(Seen one, string workload) => one.Name.StartsWith(workload, StringComparison.Ordinal);

    private static bool IsReady(Seen pod) =>
        pod.Object["status"]?["conditions"]?.AsArray().Any(one => (string?)one?["type"] == "Ready" && (string?)one["status"] == "True") ?? false;

    private static string? Limit(Seen pod, string resource) => (string?)pod.Object["spec"]?["containers"]?[0]?["resources"]?["limits"]?[resource];

    private string LastNote() => Notes(Service.Remote).LastOrDefault() ?? "";

    private static IEnumerable<string> Notes(JsonObject resource) => (resource["note"] as JsonArray ?? []).Select(note => (string?)note?["text"] ?? "");

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
