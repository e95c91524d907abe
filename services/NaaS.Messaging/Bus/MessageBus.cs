using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace NaaS.Messaging.Bus;

/// <summary>Registers the message bus: RabbitMQ where <c>ConnectionStrings:RabbitMq</c> is given, else MassTransit's in-memory transport.</summary>
public static class MessageBus
{
    /// <summary>Registers the bus with all consumers registered before. Once per host.</summary>
    public static IServiceCollection AddMessageBus(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<MessagingOptions>().Bind(configuration.GetSection("Messaging"));
        var broker = configuration.GetConnectionString("RabbitMq");
        services.AddSingleton(new Transport(InMemory: string.IsNullOrEmpty(broker)));
        var consumers = services
            .Where(service => service.ServiceType == typeof(ConsumerRegistration))
            .Select(service => (ConsumerRegistration)service.ImplementationInstance!)
            .ToList();
        var concurrency = configuration.GetValue("Messaging:Concurrency", new MessagingOptions().Concurrency);

        services.AddOptions<MassTransitHostOptions>().Configure(options => options.WaitUntilStarted = string.IsNullOrEmpty(broker));
        services.AddMassTransit(bus =>
        {
            foreach (var registration in consumers)
            {
                bus.AddConsumer(registration.Consumer);
            }

            if (string.IsNullOrEmpty(broker))
            {
                bus.UsingInMemory((context, transport) => MapQueues(context, transport, consumers, concurrency, _ => { }));
            }
            else
            {
                bus.UsingRabbitMq((context, transport) =>
                {
                    transport.Host(new Uri(broker));
                    MapQueues(context, transport, consumers, concurrency, Durable);
                });
            }
        });
        return services;
    }

    private static void MapQueues<TEndpoint>(
        IBusRegistrationContext context,
        IReceiveConfigurator<TEndpoint> transport,
        IEnumerable<ConsumerRegistration> consumers,
        int concurrency,
        Action<TEndpoint> configure)
        where TEndpoint : IReceiveEndpointConfigurator
    {
        foreach (var queue in consumers.GroupBy(registration => registration.Queue))
        {
            transport.ReceiveEndpoint(queue.Key, endpoint =>
            {
                configure(endpoint);
                endpoint.PrefetchCount = concurrency * 2;
                endpoint.ConcurrentMessageLimit = concurrency;
                // What may pass (a database that restarts, a lost race for a row) gets about five minutes; then the message waits in the error queue.
                endpoint.UseMessageRetry(retry => retry.Exponential(15, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(100)));
                foreach (var registration in queue)
                {
                    endpoint.ConfigureConsumer(context, registration.Consumer);
                }
            });
        }
    }

    private static void Durable(IRabbitMqReceiveEndpointConfigurator endpoint)
    {
        endpoint.SetQuorumQueue();
        endpoint.SetQueueArgument("x-delivery-limit", 20);
    }
}

/// <summary>Which transport the host runs on.</summary>
/// <param name="InMemory">Whether messages live in this process only.</param>
internal sealed record Transport(bool InMemory);
