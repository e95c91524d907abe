using NaaS.Tmf.Shared;
using NaaS.TmfRest.Resources;

namespace NaaS.TmfRest.Routes;

/// <summary>The routes of an API in one dialect.</summary>
public sealed class TmfRoutes
{
    internal TmfRoutes(TmfApi api, RouteGroupBuilder group, IServiceProvider services, bool described)
    {
        Api = api;
        Group = group;
        Resources = services.GetRequiredService<ResourceDefinitions>();
        Time = services.GetRequiredService<TimeProvider>();
        Described = described;
    }

    /// <summary>The API.</summary>
    public TmfApi Api { get; }

    /// <summary>Its group, for routes that are no plain resources.</summary>
    public RouteGroupBuilder Group { get; }

    /// <summary>All resources of this host.</summary>
    internal ResourceDefinitions Resources { get; }

    /// <summary>The clock.</summary>
    internal TimeProvider Time { get; }

    /// <summary>Whether these routes are in the OpenAPI document; those of other dialects are not.</summary>
    internal bool Described { get; }

    /// <summary>The route table of a resource.</summary>
    public ResourceRoutes<T> MapResource<T>()
        where T : TmfResource => new(this, (ResourceDefinition<T>)Resources.Of<T>());
}
