using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NaaS.OpenSlice.Push;
using NaaS.OpenSlice.Upstream;
using NaaS.TmfRest;
using NaaS.TmfRest.Resources;

namespace NaaS.OpenSlice;

/// <summary>What goes out to OpenSlices: pushed state, and orders of clusters. Both are off until configured.</summary>
public static class OpenSliceFeature
{
    /// <summary>Registers what the sections <c>OpenSlice:Push</c> and <c>OpenSlice:Upstream</c> ask for.</summary>
    public static IServiceCollection AddOpenSlice(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddTmfResource(new ResourceDefinition<UpstreamOrder>(TmfApi.ServiceOrdering, "upstreamOrder"));
        if (IsOn(configuration, "OpenSlice:Push"))
        {
            services.AddOptions<PushOptions>().Bind(configuration.GetSection("OpenSlice:Push")).ValidateDataAnnotations().ValidateOnStart();
            services.AddHostedService<StatePusher>();
        }

        if (IsOn(configuration, "OpenSlice:Upstream"))
        {
            services.AddOptions<UpstreamOptions>().Bind(configuration.GetSection("OpenSlice:Upstream")).ValidateDataAnnotations()
                .Validate(upstream => upstream.Specification.Length > 0, "OpenSlice:Upstream:Specification must name the specification of a cluster.")
                .ValidateOnStart();
            services.AddSingleton<UpstreamClaims>();
            services.AddHostedService<UpstreamClusters>();
        }

        return services;
    }

    private static bool IsOn(IConfiguration configuration, string section) => !string.IsNullOrEmpty(configuration[$"{section}:BaseUrl"]);
}
