using Microsoft.AspNetCore.Builder;
using NaaS.Tmf.Inventory;
using NaaS.TmfRest;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Routes;
using NaaS.TmfRest.Tests.Support;

namespace NaaS.Catalog.Tests;

/// <summary>The catalogue alone, with services that can be put beside it.</summary>
internal static class CatalogServer
{
    public const string Api = "/tmf-api/serviceCatalogManagement/v4";
    public const string Services = "/tmf-api/serviceInventory/v4/service";

    public static Task<TmfServer> StartAsync(string kind = Database.Sqlite, params (string Name, string Value)[] settings) =>
        TmfServer.StartAsync(
            kind,
            builder =>
            {
                builder.Services.AddTmfKit(builder.Configuration);
                builder.Services.AddCatalog();
                builder.Services.AddTmfResource(new ResourceDefinition<Service>(TmfApi.ServiceInventory, "service"));
            },
            app =>
            {
                app.UseTmfKit();
                app.MapCatalog();
                app.MapTmfApi(TmfApi.ServiceInventory, api => api.MapResource<Service>().MapPost(Record));
            },
            settings);

    private static Service Record(Posted<Service> posted, ResourceStore store)
    {
        store.Insert(posted.Resource);
        return posted.Resource;
    }
}
