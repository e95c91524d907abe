using System.Text.Json;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using NaaS.Messaging.Outbox;
using NaaS.Messaging.Storage;
using NaaS.Tmf.Dialects;
using NaaS.Tmf.Json;
using NaaS.Tmf.Shared;
using NaaS.TmfRest.Documents;
using NaaS.TmfRest.Errors;
using NaaS.TmfRest.Events;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Routes;
using NaaS.TmfRest.Security;
using NaaS.TmfRest.Storage;

namespace NaaS.TmfRest;

/// <summary>Registers the kit in a host.</summary>
public static class TmfKit
{
    /// <summary>Registers store, events, access and documents, on <c>ConnectionStrings:Api</c>. Once per host.</summary>
    public static IServiceCollection AddTmfKit(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PublicOptions>().Bind(configuration.GetSection("Public"))
            .Validate(options => options.BaseUrl is null || (Uri.TryCreate(options.BaseUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"), "Public:BaseUrl is no http(s) address.")
            .ValidateOnStart();
        services.AddOptions<TmfOptions>().Bind(configuration.GetSection("Tmf")).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<CallbackOptions>().Bind(configuration.GetSection("Callbacks"));
        services.AddAccess(configuration);
        services.AddRateLimiter(_ => { });
        services.AddSingleton<IConfigureOptions<RateLimiterOptions>, RateLimit>();
        services.AddDatabase<TmfDb, SqliteTmfDb, PostgresTmfDb>("Api");
        services.AddOutbox<TmfDb>();
        services.AddSingleton<ResourceDefinitions>();
        services.AddSingleton<Addresses>();
        services.AddSingleton<EventWriter>();
        services.AddSingleton<ResourceReader>();
        services.AddScoped<ResourceStore>();
        services.AddSingleton(DialectRoute.Standard);
        services.AddDelivery();
        services.AddDocuments();
        services.ConfigureHttpJsonOptions(json => Copy(json.SerializerOptions));
        return services;
    }

    /// <summary>Adds a resource; features call it for each of theirs.</summary>
    public static IServiceCollection AddTmfResource<T>(this IServiceCollection services, ResourceDefinition<T> resource)
        where T : TmfResource => services.AddSingleton<ResourceDefinition>(resource);

    /// <summary>Offers all APIs in a further dialect.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="prefix">What stands before <c>/tmf-api</c>, such as <c>/openslice</c>.</param>
    /// <param name="dialect">The dialect.</param>
    public static IServiceCollection AddDialect(this IServiceCollection services, string prefix, Dialect dialect) =>
        services.AddSingleton(new DialectRoute(prefix, dialect));

    /// <summary>Puts errors, access and documents in front of the routes. Before any Map.</summary>
    public static WebApplication UseTmfKit(this WebApplication app)
    {
        app.UseMiddleware<ErrorMiddleware>();
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseTmfDocuments();
        return app;
    }

    private static void AddDelivery(this IServiceCollection services)
    {
        services.AddSingleton<CallbackGuard>();
        services.AddSingleton<LaneClaims>();
        services.AddSingleton(provider => new Outbound(provider.GetRequiredService<CallbackGuard>(), GuardedClient(provider)));
        services.AddSingleton<NotificationSender>();
        services.AddHostedService<DeliveryWorker>();
        services.AddHostedService<EventRetention>();
    }

    private static HttpClient GuardedClient(IServiceProvider provider) =>
        new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectTimeout = TimeSpan.FromSeconds(5),
            ConnectCallback = provider.GetRequiredService<CallbackGuard>().ConnectAsync,
        });

    private static void Copy(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = TmfJson.Options.PropertyNamingPolicy;
        options.DefaultIgnoreCondition = TmfJson.Options.DefaultIgnoreCondition;
        options.Encoder = TmfJson.Options.Encoder;
        foreach (var converter in TmfJson.Options.Converters)
        {
            options.Converters.Add(converter);
        }
    }
}
