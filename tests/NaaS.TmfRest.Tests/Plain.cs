using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using NaaS.Tmf.Inventory;
using NaaS.Tmf.Ordering;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Routes;
using NaaS.TmfRest.Tests.Support;

namespace NaaS.TmfRest.Tests;

/// <summary>A feature without rules of its own, so that the kit shows as it is: TMF638 service and TMF641 serviceOrder, stored as they come.</summary>
internal static class Plain
{
    public const string Services = "/tmf-api/serviceInventory/v4/service";
    public const string Hub = "/tmf-api/serviceInventory/v4/hub";

    private static readonly ResourceDefinition<Service> Service = new(TmfApi.ServiceInventory, "service")
    {
        HasOwners = true,
        Required = ["state", "serviceSpecification"],
        NotPatchable = ["id", "href", "serviceDate"],
        Events = ResourceEvents.WithState("Service"),
    };

    private static readonly ResourceDefinition<ServiceOrder> Order = new(TmfApi.ServiceOrdering, "serviceOrder")
    {
        Required = ["serviceOrderItem"],
        NotOnCreate = ["id", "href", "orderDate"],
    };

    public static Task<TmfServer> StartAsync(string kind, params (string Name, string Value)[] settings) =>
        TmfServer.StartAsync(kind, Register, Map, settings);

    public static string Body(string name, string more = "") =>
        $$"""{"name":"{{name}}","state":"active","serviceSpecification":{"id":"s1"}{{(more.Length == 0 ? "" : $",{more}")}}}""";

    private static void Register(WebApplicationBuilder builder)
    {
        TmfKit.AddTmfKit(builder.Services, builder.Configuration);
        TmfKit.AddTmfResource(builder.Services, Service);
        TmfKit.AddTmfResource(builder.Services, Order);
    }

    private static void Map(WebApplication app)
    {
        app.UseTmfKit();
        app.MapTmfApi(TmfApi.ServiceInventory, api => api.MapResource<Service>().MapReading().MapPost(Create<Service>).MapPatch(Change<Service>).MapDelete(Delete));
        app.MapTmfApi(TmfApi.ServiceOrdering, api => api.MapResource<ServiceOrder>().MapReading().MapPost(Create<ServiceOrder>).MapPatch(Change<ServiceOrder>));
    }

    private static T Create<T>(Posted<T> posted, ResourceStore store)
        where T : Tmf.Shared.TmfResource
    {
        store.Insert(posted.Resource);
        return posted.Resource;
    }

    private static async Task<T> Change<T>(Patched<T> patch, ResourceStore store, CancellationToken cancellationToken)
        where T : Tmf.Shared.TmfResource
    {
        var change = await patch.ApplyAsync(store, cancellationToken);
        store.Update(change.After);
        return change.After;
    }

    private static async Task Delete(string id, ResourceStore store, CancellationToken cancellationToken) =>
        store.Delete(await store.GetForChangeAsync<Service>(id, cancellationToken));
}
