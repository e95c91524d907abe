using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NaaS.Messaging.Inbox;

namespace NaaS.Messaging.Bus;

/// <summary>A consumer and the queue it reads.</summary>
/// <param name="Consumer">The consumer, wrapped in its inbox.</param>
/// <param name="Queue">Name of its queue.</param>
internal sealed record ConsumerRegistration(Type Consumer, string Queue);

/// <summary>Registers consumers.</summary>
public static class Consumers
{
    /// <summary>
    /// Registers <typeparamref name="TConsumer"/> for each message it takes. It runs in a transaction of <typeparamref name="TDb"/> that its inbox opens and commits;
    /// what it adds to the context is saved for it.
    /// </summary>
    public static IServiceCollection AddConsumer<TConsumer, TDb>(this IServiceCollection services)
        where TConsumer : class, IConsumer
        where TDb : DbContext
    {
        services.AddScoped<TConsumer>();
        var messages = typeof(TConsumer).GetInterfaces()
            .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IConsumer<>))
            .Select(type => type.GetGenericArguments()[0]);
        foreach (var message in messages)
        {
            var consumer = typeof(InboxConsumer<,,>).MakeGenericType(typeof(TConsumer), message, typeof(TDb));
            services.AddSingleton(new ConsumerRegistration(consumer, $"naas-{KebabCaseEndpointNameFormatter.Instance.Consumer<TConsumer>()}"));
        }

        return services;
    }
}
