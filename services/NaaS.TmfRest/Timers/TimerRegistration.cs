namespace NaaS.TmfRest.Timers;

/// <summary>Registers timers.</summary>
public static class TimerRegistration
{
    /// <summary>Adds a handler, and the service that runs what is due.</summary>
    public static IServiceCollection AddTimer<T>(this IServiceCollection services)
        where T : class, ITimerHandler
    {
        services.AddHostedService<TimerService>();
        return services.AddScoped<ITimerHandler, T>();
    }
}
