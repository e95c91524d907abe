using System.Runtime.Serialization;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NaaS.Messaging.Inbox;

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
        var settings = configuration.GetSection("Messaging").Get<MessagingOptions>() ?? new MessagingOptions();

        services.AddOptions<MassTransitHostOptions>().Configure(options => options.WaitUntilStarted = string.IsNullOrEmpty(broker));
        services.AddMassTransit(bus =>
        {
            // Without the broker everything goes on: orders are taken, and their messages wait in the outbox. That is worse, not broken.
            bus.ConfigureHealthCheckOptions(options =>
            {
                options.Name = "broker";
                options.MinimalFailureStatus = HealthStatus.Degraded;
            });
            foreach (var registration in consumers)
            {
                bus.AddConsumer(registration.Consumer);
            }

            if (string.IsNullOrEmpty(broker))
            {
                bus.UsingInMemory((context, transport) => MapQueues(context, transport, consumers, settings, (_, _) => { }));
            }
            else
            {
                bus.UsingRabbitMq((context, transport) =>
                {
                    transport.Host(new Uri(broker));
                    transport.SendTopology.ConfigureErrorSettings = KeepWhenLookedAt;
                    transport.SendTopology.ConfigureDeadLetterSettings = KeepWhenLookedAt;
                    MapQueues(context, transport, consumers, settings, Durable);
                });
            }
        });
        return services;
    }

    private static void MapQueues<TEndpoint>(
        IBusRegistrationContext context,
        IReceiveConfigurator<TEndpoint> transport,
        IEnumerable<ConsumerRegistration> consumers,
        MessagingOptions settings,
        Action<TEndpoint, string> configure)
        where TEndpoint : IReceiveEndpointConfigurator
    {
        foreach (var queue in consumers.GroupBy(registration => registration.Queue))
        {
            transport.ReceiveEndpoint(queue.Key, endpoint =>
            {
                configure(endpoint, queue.Key);
                endpoint.PrefetchCount = settings.Concurrency * 2;
                endpoint.ConcurrentMessageLimit = settings.Concurrency;
                // What may pass (a database that restarts, a lost race for a row) gets about five minutes; then the message waits in the error queue.
                // What no try can make right goes there at once.
                endpoint.UseMessageRetry(retry =>
                {
                    retry.Exponential(settings.Retries, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(100));
                    retry.Ignore<UnacceptableMessageException>();
                    retry.Ignore<SerializationException>();
                });
                foreach (var registration in queue)
                {
                    endpoint.ConfigureConsumer(context, registration.Consumer);
                }
            });
        }
    }

    // A message that kills each consumer it comes to is given up by the broker after the limit, into a queue of its own and not into the void.
    private static void Durable(IRabbitMqReceiveEndpointConfigurator endpoint, string queue)
    {
        endpoint.SetQuorumQueue();
        endpoint.SetQueueArgument("x-delivery-limit", 20);
        endpoint.SetQueueArgument("x-dead-letter-strategy", "at-least-once");
        endpoint.SetQueueArgument("x-overflow", "reject-publish");
        endpoint.BindDeadLetterQueue($"{queue}_dead", $"{queue}_dead", dead =>
        {
            dead.SetQueueArgument("x-queue-type", "quorum");
            KeepWhenLookedAt(dead);
        });
    }

    // A look at a dead letter counts as a delivery of it. MassTransit copies the limit of the consumer's queue, and RabbitMQ 4 has one of its own;
    // a number that is never reached means the same to all versions.
    private static void KeepWhenLookedAt(IRabbitMqQueueConfigurator queue) => queue.SetQueueArgument("x-delivery-limit", int.MaxValue);
}

/// <summary>Which transport the host runs on.</summary>
/// <param name="InMemory">Whether messages live in this process only.</param>
internal sealed record Transport(bool InMemory);
