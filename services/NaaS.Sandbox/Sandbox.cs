using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NaaS.Sandbox.Controllers;
using NaaS.Sandbox.Lifecycle;
using NaaS.Sandbox.Persistence;
using NaaS.Sandbox.Protocol;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox;

/// <summary>
/// An embedded Open Cluster Management hub with simulated clusters, each an API server under a path of one loopback address. kubectl and
/// every Kubernetes client work with it.
/// </summary>
public sealed class Sandbox : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping;
    private readonly WebApplication _web;
    private readonly Supervisor _controllers;
    private readonly HubFile? _file;

    private Sandbox(World world, WebApplication web, HubFile? file, CancellationTokenSource stopping)
    {
        World = world;
        _web = web;
        _file = file;
        _stopping = stopping;
        _controllers = new Supervisor(stopping.Token);
        Address = new Uri(web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <summary>The hub's API server.</summary>
    public Uri Hub => new(Address, World.Hub.Path);

    /// <summary>The managed clusters' API servers by name.</summary>
    public IReadOnlyDictionary<string, Uri> Clusters => World.Clusters.ToDictionary(c => c.Key, c => new Uri(Address, c.Value.Path));

    /// <summary>Servers, clock and options, for tests and faults.</summary>
    internal World World { get; }

    private Uri Address { get; }

    /// <summary>Starts a sandbox; it serves when this comes back.</summary>
    public static async Task<Sandbox> StartAsync(SandboxOptions options, CancellationToken cancellationToken = default)
    {
        options.Validate();
        var stopping = new CancellationTokenSource();
        var file = options.DataFolder is null ? null : HubFile.Open(options.DataFolder);
        WebApplication? web = null;
        Sandbox sandbox;
        try
        {
            var world = new World(options, NewServer("hub", "/hub", Kinds.OnHub, options, file, stopping.Token));
            web = Web(options, world);
            await web.StartAsync(cancellationToken);
            sandbox = new Sandbox(world, web, file, stopping);
        }
        catch
        {
            await (web?.DisposeAsync() ?? default);
            await (file?.DisposeAsync() ?? default);
            stopping.Dispose();
            throw;
        }
        try
        {
            await sandbox.BeginAsync(cancellationToken);
            return sandbox;
        }
        catch
        {
            await sandbox.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Adds a managed cluster while the sandbox runs, and again at the next start with this data folder; comes back when it is joined.
    /// A name that is taken is refused.
    /// </summary>
    public async Task AddClusterAsync(SandboxCluster cluster, CancellationToken cancellationToken = default)
    {
        cluster.Validate();
        Join(cluster);
        _file?.Add(cluster);
        await World.Simulation.UntilJoinedAsync(cluster.Name, cancellationToken);
    }

    /// <summary>Whether a pod (<c>namespace/name</c>) on a cluster reaches a host and port now: Services, NetworkPolicies and exports decide.</summary>
    public Reach CanReach(string cluster, string fromPod, string host, int port) =>
        fromPod.Split('/') is [var ns, var pod]
            ? World.Simulation.CanReach(cluster, ns, pod, host, port)
            : throw new ArgumentException("a pod is named namespace/name", nameof(fromPod));

    /// <summary>
    /// Orders faults of an API server (<c>hub</c> or a cluster's name), as its clients see them: <c>down</c>, <c>slow=SECONDS</c>,
    /// <c>throttled=N</c>, <c>conflict=N</c>, <c>failing=N</c>, <c>lost-answer=N</c>, <c>gone</c>, <c>restart</c>; several with commas, and
    /// nothing at all makes it well again. The same as a PUT of that text to <c>/faults/NAME</c>. What is wrong with a cluster behind its
    /// API server is ordered by the annotation <c>sandbox.naas.example/faults</c> of its ManagedCluster.
    /// </summary>
    /// <exception cref="FormatException">A fault of that name is not known.</exception>
    public void OrderFaults(string server, string faults)
    {
        var broken = Find(World, server) ?? throw new ArgumentException($"there is no API server {server}", nameof(server));
        if (string.IsNullOrWhiteSpace(faults))
        {
            broken.Faults.Repair();
            return;
        }
        broken.Faults.Order(faults);
    }

    /// <summary>A kubeconfig with the contexts hub and one for each cluster; the hub is current.</summary>
    public string Kubeconfig() => Kubeconfig(Address);

    /// <summary>The same for clients who reach the servers at another address, through a host that passes requests on.</summary>
    public string Kubeconfig(Uri address) => KubeconfigText.Of(World.Clusters.Values.OrderBy(c => c.Name, StringComparer.Ordinal).Prepend(World.Hub)
        .Select(s => KeyValuePair.Create(s.Name, new Uri(address, s.Path))));

    /// <summary>Answers a request that another host took in, for the paths <c>/hub</c>, <c>/clusters/*</c> and <c>/faults/*</c>.</summary>
    public Task ServeAsync(HttpContext http) => ServeAsync(World, http);

    /// <summary>Stops controllers and servers.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _controllers.DisposeAsync();
        await World.Simulation.DisposeAsync();
        await _web.DisposeAsync();
        if (_file is not null)
        {
            await _file.DisposeAsync();
        }
        _stopping.Dispose();
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        _controllers.Start(Lifecycle(World.Hub).Concat(ControllerSet.ForHub(World)));
        foreach (var cluster in World.Options.Clusters.Concat(_file?.Clusters() ?? []).DistinctBy(c => c.Name))
        {
            Join(cluster);
        }
        foreach (var name in World.Clusters.Keys)
        {
            await World.Simulation.UntilJoinedAsync(name, cancellationToken);
        }
    }

    private void Join(SandboxCluster cluster)
    {
        var server = NewServer(cluster.Name, $"/clusters/{cluster.Name}", Kinds.OnCluster, World.Options, _file, _stopping.Token);
        if (!World.Clusters.TryAdd(cluster.Name, server))
        {
            throw new ArgumentException($"a cluster {cluster.Name} is there already", nameof(cluster));
        }
        _controllers.Start(Lifecycle(server).Concat(ControllerSet.ForCluster(World, cluster, server)));
    }

    private static ApiServer NewServer(string name, string path, IEnumerable<ResourceType> own, SandboxOptions options, HubFile? file, CancellationToken stopping)
    {
        var store = new ObjectStore(name, [.. Kinds.Everywhere, .. own], options.TimeProvider, options.WatchHistory);
        file?.Attach(store);
        Bootstrap.Fill(store);
        return new ApiServer(name, path, store, options.TimeProvider, stopping) { KeptAsync = file is null ? _ => Task.CompletedTask : file.KeptAsync };
    }

    private static IEnumerable<IController> Lifecycle(ApiServer server) =>
        [new GarbageCollector(server.Store), new NamespaceKeeper(server.Store), new DefinitionKeeper(server.Store)];

    private static WebApplication Web(SandboxOptions options, World world)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, options.Port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
        });
        // Signals are for the process that embeds the sandbox.
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        var web = builder.Build();
        web.Run(http => ServeAsync(world, http));
        return web;
    }

    private static Task ServeAsync(World world, HttpContext http)
    {
        var path = http.Request.Path.Value ?? "/";
        return path.StartsWith("/faults/", StringComparison.Ordinal) && Find(world, path["/faults/".Length..]) is { } broken ? FaultEndpoint.HandleAsync(http, broken)
            : Route(world, path) is var (server, rest) ? ApiRouter.HandleAsync(http, server, rest)
            : Replies.StatusAsync(http, ApiErrors.NoSuchResource());
    }

    private static ApiServer? Find(World world, string name) => name == world.Hub.Name ? world.Hub : world.Clusters.GetValueOrDefault(name);

    private static (ApiServer Server, string Path)? Route(World world, string path)
    {
        var parts = path.Split('/', 4);
        return parts switch
        {
            ["", "hub"] => (world.Hub, ""),
            ["", "hub", ..] => (world.Hub, path["/hub/".Length..]),
            ["", "clusters", var name, .. var rest] when world.Clusters.TryGetValue(name, out var server) => (server, rest.Length > 0 ? rest[0] : ""),
            _ => null,
        };
    }

    private sealed class EmbeddedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
