using System.Text.Json.Nodes;

namespace NaaS.Standalone.Demo;

/// <summary>An object seen on the hub or on a cluster.</summary>
internal sealed record Seen(string Server, string Change, JsonNode Object)
{
    public string Kind => (string)Object["kind"]!;

    public string Name => (string)Object["metadata"]!["name"]!;

    public string Uid => (string)Object["metadata"]!["uid"]!;

    public int ReadyReplicas => (int?)Object["status"]?["readyReplicas"] ?? 0;
}

/// <summary>Watches hub and clusters over the Kubernetes protocol and keeps what there is and what happened.</summary>
internal sealed class ClusterView(CancellationToken stop) : IDisposable
{
    /// <summary>What the story looks at: on the clusters the demo's objects, on the hub OCM's.</summary>
    public static readonly string[] OnClusters =
    [
        "apis/apps/v1/deployments", "apis/apps/v1/statefulsets", "api/v1/pods", "api/v1/services", "api/v1/configmaps", "api/v1/secrets",
        "api/v1/persistentvolumeclaims", "api/v1/serviceaccounts", "apis/networking.k8s.io/v1/networkpolicies",
    ];

    public static readonly string[] OnHub =
    [
        "apis/work.open-cluster-management.io/v1/manifestworks", "apis/cluster.open-cluster-management.io/v1beta1/placements",
        "apis/cluster.open-cluster-management.io/v1beta1/placementdecisions",
    ];

    private readonly HttpClient http = new();
    private readonly Lock gate = new();
    private readonly Dictionary<(string Server, string Uid), Seen> now = [];
    private readonly List<Action<IReadOnlyCollection<Seen>>> probes = [];
    private readonly TaskCompletionSource broken = new();

    public Journal<Seen> History { get; } = new();

    public IReadOnlyList<Seen> Now
    {
        get
        {
            lock (gate)
            {
                return [.. now.Values];
            }
        }
    }

    /// <summary>Follows one kind of object until the view is stopped; returns once what exists has been read.</summary>
    public async Task FollowAsync(string name, Uri server, string path)
    {
        var root = server.ToString().TrimEnd('/');
        var list = JsonNode.Parse(await http.GetStringAsync($"{root}/{path}", stop))!;
        var kind = ((string)list["kind"]!)[..^"List".Length];
        foreach (var item in list["items"]!.AsArray())
        {
            var copy = item!.DeepClone();
            copy["kind"] = kind;
            Take(new(name, "ADDED", copy));
        }

        _ = WatchAsync(name, $"{root}/{path}?watch=true&resourceVersion={list["metadata"]!["resourceVersion"]}");
    }

    /// <summary>Runs <paramref name="probe"/> on what there is after every single event, until disposed.</summary>
    public IDisposable Probe(Action<IReadOnlyCollection<Seen>> probe)
    {
        lock (gate)
        {
            probes.Add(probe);
            probe(now.Values);
        }

        return new Unprobe(this, probe);
    }

    /// <summary>Waits until what there is fulfils the condition; after a minute <paramref name="what"/> says what was waited for.</summary>
    public async Task UntilAsync(Func<string> what, Func<IReadOnlyList<Seen>, bool> holds, CancellationToken cancellationToken)
    {
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var probe = Probe(seen =>
        {
            if (holds([.. seen]))
            {
                met.TrySetResult();
            }
        });
        try
        {
            await (await Task.WhenAny(met.Task, broken.Task).WaitAsync(TimeSpan.FromSeconds(60), cancellationToken));
        }
        catch (TimeoutException)
        {
            throw new StepFailedException($"after 60 s still not true: {what()}");
        }
    }

    public void Dispose() => http.Dispose();

    private async Task WatchAsync(string name, string url)
    {
        try
        {
            using var response = await http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, stop);
            using var lines = new StreamReader(await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(stop));
            while (await lines.ReadLineAsync(stop) is { } line)
            {
                var change = JsonNode.Parse(line)!;
                Take(new(name, (string)change["type"]!, change["object"]!));
            }

            broken.TrySetException(new StepFailedException($"the watch {url} ended"));
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            broken.TrySetException(new StepFailedException($"the watch {url} broke: {exception.Message}"));
        }
    }

    private void Take(Seen seen)
    {
        if (seen.Change == "BOOKMARK")
        {
            return;
        }

        lock (gate)
        {
            if (seen.Change == "DELETED")
            {
                now.Remove((seen.Server, seen.Uid));
            }
            else
            {
                now[(seen.Server, seen.Uid)] = seen;
            }

            foreach (var probe in probes.ToArray())
            {
                probe(now.Values);
            }
        }

        History.Add(seen);
    }

    private sealed class Unprobe(ClusterView view, Action<IReadOnlyCollection<Seen>> probe) : IDisposable
    {
        public void Dispose()
        {
            lock (view.gate)
            {
                view.probes.Remove(probe);
            }
        }
    }
}
