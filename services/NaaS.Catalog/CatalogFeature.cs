using FluentValidation;
using NaaS.Catalog.Candidates;
using NaaS.Catalog.Catalogs;
using NaaS.Catalog.Categories;
using NaaS.Catalog.Jobs;
using NaaS.Catalog.Publishing;
using NaaS.Catalog.Specifications;
using NaaS.Tmf.Catalog;
using NaaS.TmfRest;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Routes;

namespace NaaS.Catalog;

/// <summary>TMF633: what can be ordered.</summary>
public static class CatalogFeature
{
    /// <summary>Registers the catalogue.</summary>
    public static IServiceCollection AddCatalog(this IServiceCollection services)
    {
        services.AddTmfResource(ServiceSpecificationEndpoints.Resource);
        services.AddTmfResource(ServiceCandidateEndpoints.Resource);
        services.AddTmfResource(ServiceCategoryEndpoints.Resource);
        services.AddTmfResource(ServiceCatalogEndpoints.Resource);
        services.AddTmfResource(JobEndpoints.Imports);
        services.AddTmfResource(JobEndpoints.Exports);
        services.AddSingleton<IValidator<ServiceSpecification>, ServiceSpecificationValidator>();
        services.AddScoped<CandidateLinks>();
        services.AddChartCheck();
        services.AddScoped<CatalogueFile>();
        services.AddHostedService<NaasCategory>();
        services.AddHostedService<JobWorker>();
        return services;
    }

    /// <summary>Maps its routes.</summary>
    public static void MapCatalog(this IEndpointRouteBuilder app) =>
        app.MapTmfApi(TmfApi.ServiceCatalog, api =>
        {
            api.MapServiceCatalogs();
            api.MapServiceCategories();
            api.MapServiceCandidates();
            api.MapServiceSpecifications();
            api.MapJobs();
        });
}
