using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NaaS.Messaging.Bus;
using NaaS.Ordering.Cancellations;
using NaaS.Ordering.Operations;
using NaaS.Ordering.Orders;
using NaaS.Ordering.Plans;
using NaaS.Ordering.Qualifications;
using NaaS.Ordering.Reports;
using NaaS.Ordering.Validation;
using NaaS.Tmf.Characteristics;
using NaaS.TmfRest.Ports;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Routes;
using NaaS.TmfRest.Rules;
using NaaS.TmfRest.Storage;
using NaaS.TmfRest.Timers;

namespace NaaS.Ordering;

/// <summary>Service ordering: TMF641.</summary>
public static class OrderingFeature
{
    /// <summary>Registers ordering. It needs the inventory, whose report handler must be registered before.</summary>
    public static IServiceCollection AddOrdering(this IServiceCollection services)
    {
        services.AddCharacteristicRules();
        services.AddSingleton(provider => OrderResources.Order(provider.GetRequiredService<IOptions<CharacteristicOptions>>().Value));
        services.AddSingleton(OrderResources.Cancellation);
        services.AddSingleton(OrderResources.Plan);
        services.AddSingleton(provider => OrderResources.Qualification(provider.GetRequiredService<IOptions<CharacteristicOptions>>().Value));
        services.AddSingleton<OrderShape>();
        services.AddScoped<OrderSecrets>();
        services.AddScoped<OrderingOperations>();
        services.AddScoped<OrderAcceptance>();
        services.AddScoped<QualificationAcceptance>();
        services.AddConsumer<ServicePreviewedConsumer, TmfDb>();
        services.AddScoped<ItemJudge>();
        services.AddScoped<ItemPlanner>();
        services.AddScoped<ItemStarter>();
        services.AddScoped<OtherOrders>();
        services.AddScoped<OrderRevision>();
        services.AddScoped(provider => new Promise(
            provider.GetRequiredService<ResourceStore>(), provider.GetRequiredService<IOptions<CharacteristicOptions>>().Value, provider.GetRequiredService<TimeProvider>()));
        services.AddScoped<OrderPatches>();
        services.AddTimer<OrderStart>();
        services.AddTimer<OrderEnd>();
        services.AddTimer<OrderPromise>();
        services.AddTimer<CancellationAssessment>();
        services.AddScoped<IReportHandler, OrderReports>();
        return services;
    }

    /// <summary>Maps TMF641 and TMF645 in every dialect of the host.</summary>
    public static IEndpointRouteBuilder MapOrdering(this IEndpointRouteBuilder app)
    {
        app.MapTmfApi(TmfApi.ServiceOrdering, routes =>
        {
            OrderEndpoints.Map(routes);
            CancellationEndpoints.Map(routes);
        });
        app.MapTmfApi(TmfApi.ServiceQualification, QualificationEndpoints.Map);
        return app;
    }
}
