using Microsoft.Extensions.Configuration;
using NaaS.Helm.Sources;
using NaaS.TmfRest.Rules;

namespace NaaS.Catalog.Publishing;

/// <summary>Registers the look at charts.</summary>
internal static class ChartCheckRegistration
{
    public static void AddChartCheck(this IServiceCollection services)
    {
        services.AddCharacteristicRules();
        services.AddOptions<ChartCheckOptions>().BindConfiguration("Catalogue").Configure<IConfiguration>((options, configuration) =>
        {
            var section = configuration.GetSection("Fulfilment:Charts");
            var sources = new ChartSourceOptions { AllowedLocations = [] };
            section.Bind(sources);
            options.Sources = sources.AllowedLocations.Count > 0 ? sources : sources with { AllowedLocations = ["*"] };
            options.Repository = configuration["Fulfilment:Translate:Repository"];
            options.CheckCharts ??= section.Exists();
        });
        services.AddSingleton<ChartCheck>();
        services.AddScoped<ChartLook>();
    }
}
