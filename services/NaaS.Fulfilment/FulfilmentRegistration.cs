using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using NaaS.ClusterHub.Connection;
using NaaS.ClusterHub.Objects;
using NaaS.Fulfilment.Deliver;
using NaaS.Fulfilment.Observe;
using NaaS.Fulfilment.Preview;
using NaaS.Fulfilment.Reconcile;
using NaaS.Fulfilment.Render;
using NaaS.Fulfilment.Report;
using NaaS.Fulfilment.Storage;
using NaaS.Fulfilment.Translate;
using NaaS.Fulfilment.Wishes;
using NaaS.Helm.Command;
using NaaS.Helm.Releases;
using NaaS.Helm.Sources;
using NaaS.Messaging.Bus;
using NaaS.Messaging.Outbox;
using NaaS.Messaging.Storage;

namespace NaaS.Fulfilment;

/// <summary>Registers the fulfilment worker.</summary>
public static class FulfilmentRegistration
{
    /// <summary>
    /// Registers consumers, reconciler and hub watcher on the database <c>ConnectionStrings:Worker</c>, configured by the sections <c>Hub</c> and
    /// <c>Fulfilment</c>. The host adds the message bus afterwards.
    /// </summary>
    public static IServiceCollection AddFulfilment(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<HubOptions>().Bind(configuration.GetSection("Hub"))
            .Validate(hub => ReleaseNames.IsLabel(hub.Namespace), "Hub:Namespace must be a namespace's name.")
            .Validate(hub => hub.ClusterSet.Length > 0, "Hub:ClusterSet must name a ManagedClusterSet.")
            .Validate(hub => string.IsNullOrEmpty(hub.Kubeconfig) || File.Exists(hub.Kubeconfig), "Hub:Kubeconfig must be a file that exists.")
            .Validate(hub => string.IsNullOrEmpty(hub.Url) || Uri.IsWellFormedUriString(hub.Url, UriKind.Absolute), "Hub:Url must be an absolute URL.")
            .ValidateOnStart();
        services.AddOptions<FulfilmentOptions>().Bind(configuration.GetSection("Fulfilment"))
            .PostConfigure(fulfilment => fulfilment.Charts = fulfilment.Charts.AllowedLocations.Count > 0 ? fulfilment.Charts : fulfilment.Charts with { AllowedLocations = ["*"] })
            .Validate(fulfilment => fulfilment.Concurrency is >= 1 and <= 1024, "Fulfilment:Concurrency must be 1 to 1024.")
            .Validate(fulfilment => fulfilment.Lease >= TimeSpan.FromSeconds(3), "Fulfilment:Lease must be at least 3 seconds.")
            .Validate(
                fulfilment => fulfilment.Renderer != RendererKind.HelmCommand || fulfilment.HelmCommand.Find() is not null,
                "Fulfilment:HelmCommand:Program must be a program that exists where Fulfilment:Renderer is HelmCommand.")
            .Validate(fulfilment => fulfilment.WatchesPerCluster >= 0, "Fulfilment:WatchesPerCluster must not be negative.")
            .Validate(fulfilment => fulfilment.Patience >= TimeSpan.Zero, "Fulfilment:Patience must not be negative.")
            .Validate(fulfilment => fulfilment.VersionInterval > TimeSpan.Zero, "Fulfilment:VersionInterval must be positive.")
            .Validate(fulfilment => fulfilment.RevisionRetention > TimeSpan.Zero, "Fulfilment:RevisionRetention must be positive.")
            .Validate(fulfilment => fulfilment.KeptRevisions >= 0, "Fulfilment:KeptRevisions must not be negative.")
            .Validate(fulfilment => fulfilment.PollInterval > TimeSpan.Zero, "Fulfilment:PollInterval must be positive.")
            .ValidateOnStart();
        services.AddSingleton(provider => HubConnection.Open(provider.GetRequiredService<IOptions<HubOptions>>().Value));
        services.AddSingleton<HubClient>();

        services.AddDatabase<FulfilmentDb, SqliteFulfilmentDb, PostgresFulfilmentDb>("Worker");
        services.AddOutbox<FulfilmentDb>();
        services.AddConsumer<ChangeServiceConsumer, FulfilmentDb>();
        services.AddConsumer<TerminateServiceConsumer, FulfilmentDb>();
        services.AddConsumer<PreviewServiceConsumer, FulfilmentDb>();
        services.AddConsumer<RollBackServiceConsumer, FulfilmentDb>();
        services.AddConsumer<WithdrawChangeConsumer, FulfilmentDb>();
        services.AddConsumer<RetryServiceConsumer, FulfilmentDb>();
        services.AddConsumer<SteerRolloutConsumer, FulfilmentDb>();
        services.AddConsumer<EvacuateClusterConsumer, FulfilmentDb>();

        services.TryAddSingleton(provider => new ChartFetcher(
            provider.GetRequiredService<IOptions<FulfilmentOptions>>().Value.Charts, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => RendererOf(provider.GetRequiredService<IOptions<FulfilmentOptions>>().Value));
        services.AddSingleton<ChartReleases>();
        services.TryAddSingleton<ReleaseSource>(provider => provider.GetRequiredService<ChartReleases>().GetAsync);
        services.TryAddSingleton<VersionSource>(provider =>
            (chart, token) => provider.GetRequiredService<ChartFetcher>().ListVersionsAsync(chart, token));
        services.AddSingleton<ClusterList>();
        services.AddSingleton<DesignCache>();
        services.AddSingleton<Designer>();
        services.AddSingleton<Previewer>();
        services.AddSingleton<SituationReader>();
        services.AddSingleton<RevisionMaker>();
        services.AddSingleton<VersionLook>();
        services.AddSingleton<StepRunner>();
        services.AddSingleton<Reporter>();
        services.AddSingleton<Reconciler>();
        services.AddHostedService<ReconcileLoop>();
        services.AddHostedService<PreviewLoop>();
        services.AddHostedService<HubEvents>();
        services.AddHostedService<ClusterOrders>();
        services.AddHostedService<RevisionRetention>();
        services.AddHealthChecks().AddCheck<WorkerDatabaseHealth>("worker-database").AddCheck<HubHealth>("hub");
        return services;
    }

    private static IReleaseRenderer RendererOf(FulfilmentOptions options) =>
        options.Renderer == RendererKind.HelmCommand ? new HelmCommandRenderer(options.HelmCommand) : new BuiltInRenderer();
}
