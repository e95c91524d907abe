using k8s;

namespace NaaS.ClusterHub.Connection;

/// <summary>Opens the connection that <see cref="HubOptions"/> describe.</summary>
public static class HubConnection
{
    /// <summary>A client of the hub. Throws where a kubeconfig or context is missing; connects only when used. <paramref name="handlers"/> see each request.</summary>
    public static Kubernetes Open(HubOptions options, params DelegatingHandler[] handlers)
    {
        var configuration = Configure(options);
        // One retry policy for all callers is the reconciler's; here a hung call must end.
        configuration.HttpClientTimeout = TimeSpan.FromSeconds(30);
        return new Kubernetes(configuration, handlers);
    }

    private static KubernetesClientConfiguration Configure(HubOptions options)
    {
        var context = string.IsNullOrEmpty(options.Context) ? null : options.Context;
        if (!string.IsNullOrEmpty(options.Kubeconfig))
        {
            return KubernetesClientConfiguration.BuildConfigFromConfigFile(new FileInfo(options.Kubeconfig), context);
        }

        if (!string.IsNullOrEmpty(options.Url))
        {
            return new KubernetesClientConfiguration { Host = options.Url, AccessToken = options.Token };
        }

        return context is null ? KubernetesClientConfiguration.BuildDefaultConfig() : KubernetesClientConfiguration.BuildConfigFromConfigFile(currentContext: context);
    }
}
