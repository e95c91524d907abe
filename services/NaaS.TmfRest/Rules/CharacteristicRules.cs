using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using NaaS.Tmf.Characteristics;

namespace NaaS.TmfRest.Rules;

/// <summary>Registers the catalogue's rule engine for all features that ask it.</summary>
public static class CharacteristicRules
{
    /// <summary>Binds section <c>Characteristics</c> (names of the deployable characteristics, secrets, bounds) and registers <see cref="RuleEngine"/>.</summary>
    public static IServiceCollection AddCharacteristicRules(this IServiceCollection services)
    {
        services.AddOptions<CharacteristicOptions>().BindConfiguration("Characteristics");
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new RuleEngine(provider.GetRequiredService<IOptions<CharacteristicOptions>>().Value, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<KnownSpecifications>();
        services.TryAddScoped<UniqueValues>();
        return services;
    }
}
