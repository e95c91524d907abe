using NaaS.TmfRest.Events;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Security;

namespace NaaS.TmfRest.Routes;

/// <summary>Maps TM Forum's APIs.</summary>
public static class TmfRouting
{
    /// <summary>Maps an API once for each dialect of this host, with its hub.</summary>
    /// <param name="app">Where to.</param>
    /// <param name="api">The API.</param>
    /// <param name="map">Maps its resources.</param>
    public static void MapTmfApi(this IEndpointRouteBuilder app, TmfApi api, Action<TmfRoutes> map)
    {
        foreach (var dialect in app.ServiceProvider.GetServices<DialectRoute>())
        {
            var group = app.MapGroup($"{dialect.Prefix}/tmf-api/{api.Path}")
                .WithMetadata(dialect)
                .WithGroupName(api.Number)
                .RequireAuthorization(Policies.Read)
                .AddEndpointFilter<AcceptFilter>();
            var described = dialect == DialectRoute.Standard;
            if (!described)
            {
                group.ExcludeFromDescription().AddEndpointFilter<EmptyIdFilter>();
            }

            var routes = new TmfRoutes(api, group, app.ServiceProvider, described);
            map(routes);
            HubEndpoints.MapHub(routes);
        }
    }
}
