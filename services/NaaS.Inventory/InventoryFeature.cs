using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NaaS.Inventory.Actions;
using NaaS.Inventory.Changes;
using NaaS.Inventory.Operations;
using NaaS.Inventory.Reports;
using NaaS.Inventory.Services;
using NaaS.Tmf.Characteristics;
using NaaS.TmfRest.Ports;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Routes;
using NaaS.TmfRest.Rules;
using NaaS.TmfRest.Timers;

namespace NaaS.Inventory;

/// <summary>The service inventory: TMF638.</summary>
public static class InventoryFeature
{
    /// <summary>Registers the inventory.</summary>
    public static IServiceCollection AddInventory(this IServiceCollection services)
    {
        services.AddCharacteristicRules();
        services.AddSingleton(provider => ServiceResources.Service(provider.GetRequiredService<IOptions<CharacteristicOptions>>().Value));
        services.AddSingleton(ServiceResources.Wish);
        services.AddSingleton(ServiceResources.Record);
        services.AddScoped<InventoryOperations>();
        services.AddScoped<ServiceInventory>();
        services.AddScoped<IServiceInventory>(provider => provider.GetRequiredService<ServiceInventory>());
        services.AddSingleton(ServiceResources.Action);
        services.AddScoped<OperatorActions>();
        services.AddScoped<ServicePatches>();
        services.AddTimer<ServiceEnd>();
        services.AddScoped<IReportHandler, InventoryReports>();
        return services;
    }

    /// <summary>Maps TMF638 in every dialect of the host.</summary>
    public static IEndpointRouteBuilder MapInventory(this IEndpointRouteBuilder app)
    {
        app.MapTmfApi(TmfApi.ServiceInventory, routes =>
        {
            ServiceEndpoints.Map(routes);
            ActionEndpoints.Map(routes);
        });
        return app;
    }
}
