using NaaS.Api.Operations;
using NaaS.Catalog;
using NaaS.Hosting.Health;
using NaaS.Inventory;
using NaaS.Messaging.Bus;
using NaaS.OpenSlice;
using NaaS.Ordering;
using NaaS.Tmf.OpenSlice;
using NaaS.TmfRest;
using NaaS.TmfRest.Ports;
using NaaS.TmfRest.Storage;

namespace NaaS.Api;

/// <summary>What the API process is made of. NaaS.Standalone composes the same with worker and sandbox.</summary>
public static class ApiHost
{
    /// <summary>Registers the features. The host adds the message bus once all consumers are registered (<see cref="MessageBus"/>).</summary>
    public static WebApplicationBuilder AddNaasApi(this WebApplicationBuilder builder)
    {
        builder.Services.AddTmfKit(builder.Configuration);
        builder.Services.AddDialect("/openslice", OpenSliceDialect.Instance);
        builder.Services.AddCatalog();
        builder.Services.AddInventory();
        builder.Services.AddOrdering();
        builder.Services.AddOpenSlice(builder.Configuration);
        builder.Services.AddConsumer<ServiceReportedConsumer, TmfDb>();
        builder.Services.AddOperations();
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealth>("api-database");
        return builder;
    }

    /// <summary>Maps the features' routes.</summary>
    public static WebApplication MapNaasApi(this WebApplication app)
    {
        app.UseTmfKit();
        app.MapCatalog();
        app.MapOrdering();
        app.MapInventory();
        app.MapOperations();
        app.MapNaasHealth();
        return app;
    }
}
