using Microsoft.EntityFrameworkCore;
using NaaS.Contracts;
using NaaS.Messaging.Inbox;
using NaaS.Messaging.Outbox;
using NaaS.Messaging.Storage;

namespace NaaS.Messaging.Tests;

public sealed class DeliveryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = 60_000), InlineData("embedded"), InlineData("servers")]
    public async Task A_message_written_with_its_cause_is_handled(string kind)
    {
        await using var host = await TestHost.StartAsync(Servers.Get(kind));
        var service = Guid.NewGuid();

        await host.SendAsync(service);

        await TestHost.UntilAsync(async () => await host.EffectsOf(service) == 1);
    }

    [Theory(Timeout = 60_000), InlineData("embedded"), InlineData("servers")]
    public async Task A_transaction_that_rolls_back_publishes_nothing(string kind)
    {
        await using var host = await TestHost.StartAsync(Servers.Get(kind));
        var (lost, kept) = (Guid.NewGuid(), Guid.NewGuid());

        await Should.ThrowAsync<TimeoutException>(() => host.WithDb(db => db.InTransactionAsync<bool>(
            async token =>
            {
                db.Enqueue(new TerminateService(lost, 1, new Cause(CauseKind.Operator, "test")));
                await db.SaveChangesAsync(token);
                throw new TimeoutException();
            },
            Token)));
        await host.SendAsync(kept);

        await TestHost.UntilAsync(async () => await host.EffectsOf(kept) == 1);
        (await host.EffectsOf(lost)).ShouldBe(0);
    }

    [Theory(Timeout = 60_000), InlineData("embedded"), InlineData("servers")]
    public async Task A_consumer_that_fails_is_tried_again_and_its_failed_tries_leave_nothing(string kind)
    {
        await using var host = await TestHost.StartAsync(Servers.Get(kind), failures: 3);
        var service = Guid.NewGuid();

        await host.SendAsync(service);

        await TestHost.UntilAsync(async () => await host.EffectsOf(service) > 0);
        (await host.EffectsOf(service)).ShouldBe(1);
    }

    [Theory(Timeout = 60_000), InlineData("embedded"), InlineData("servers")]
    public async Task A_message_that_arrives_twice_has_one_effect(string kind)
    {
        await using var host = await TestHost.StartAsync(Servers.Get(kind));
        var (service, later) = (Guid.NewGuid(), Guid.NewGuid());
        var messages = Enumerable.Range(0, 2).Select(_ => Message(service, "0197b0a0-0000-7000-8000-000000000001")).Append(Message(later, null));

        await host.WithDb(db =>
        {
            db.AddRange(messages);
            return db.SaveChangesAsync(Token);
        });

        await TestHost.UntilAsync(async () => await host.EffectsOf(later) == 1 && await host.WithDb(db => db.Set<InboxMessage>().CountAsync(Token)) == 2);
        (await host.EffectsOf(service)).ShouldBe(1);
    }

    [Theory(Timeout = 60_000), InlineData("embedded"), InlineData("servers")]
    public async Task Messages_of_one_service_arrive_in_the_order_of_writing_and_those_of_others_with_them(string kind)
    {
        const int Count = 30;
        var servers = Servers.Get(kind);
        servers.Settings["Messaging:Concurrency"] = "1";
        await using var host = await TestHost.StartAsync(servers);
        var services = Enumerable.Range(0, 10).Select(_ => Guid.NewGuid()).ToList();

        await host.WithDb(db =>
        {
            for (var sequence = 1; sequence <= Count; sequence++)
            {
                services.ForEach(service => db.Enqueue(new TerminateService(service, sequence, new Cause(CauseKind.Operator, "test"))));
            }

            return db.SaveChangesAsync(Token);
        });

        await TestHost.UntilAsync(async () => await host.WithDb(db => db.Effects.CountAsync(Token)) == Count * services.Count);
        foreach (var service in services)
        {
            var sequences = await host.WithDb(db => db.Effects.Where(effect => effect.ServiceId == service).OrderBy(effect => effect.Id).Select(effect => effect.Sequence).ToListAsync(Token));
            sequences.ShouldBe(Enumerable.Range(1, Count).Select(sequence => (long)sequence));
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_message_that_cannot_be_published_holds_back_no_other_service()
    {
        await using var host = await TestHost.StartAsync(Servers.Get("servers"));
        var service = Guid.NewGuid();

        // A cause is part of messages and never one, so nobody takes it and the broker hands it back.
        await host.WithDb(db =>
        {
            db.Enqueue(new Cause(CauseKind.Operator, "alone"));
            db.Enqueue(new TerminateService(service, 1, new Cause(CauseKind.Operator, "test")));
            return db.SaveChangesAsync(Token);
        });

        await TestHost.UntilAsync(async () =>
            await host.EffectsOf(service) == 1 && await host.WithDb(db => db.Set<OutboxMessage>().CountAsync(Token)) == 1);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_message_that_no_process_listens_to_yet_waits_for_one()
    {
        var servers = Servers.Get("servers");
        await servers.ForgetQueuesOfAsync<TerminateService>();
        var service = Guid.NewGuid();
        await using var writer = await TestHost.StartAsync(servers, handles: false);
        await writer.SendAsync(service);

        await using var reader = await TestHost.StartAsync(servers, writes: false);

        await TestHost.UntilAsync(async () => await writer.EffectsOf(service) == 1);
    }

    [Fact(Timeout = 60_000)]
    public async Task Without_a_broker_what_was_published_and_not_handled_is_sent_again_at_the_next_start()
    {
        var servers = Servers.Get("embedded");
        var service = Guid.NewGuid();
        await using (var dying = await TestHost.StartAsync(servers, handles: false))
        {
            await dying.SendAsync(service);
            await TestHost.UntilAsync(() => dying.WithDb(db => db.Set<OutboxMessage>().AnyAsync(row => row.SentAt != null, Token)));
        }

        await using var next = await TestHost.StartAsync(servers);

        await TestHost.UntilAsync(async () => await next.EffectsOf(service) == 1);
    }

    [Fact(Timeout = 60_000)]
    public async Task Many_writers_of_one_sqlite_file_all_succeed()
    {
        await using var host = await TestHost.StartAsync(Servers.Get("embedded"));
        var services = Enumerable.Range(0, 200).Select(_ => Guid.NewGuid()).ToList();

        await Task.WhenAll(services.Select(host.SendAsync));

        await TestHost.UntilAsync(async () => await host.WithDb(db => db.Effects.CountAsync(Token)) == services.Count);
    }

    private static OutboxMessage Message(Guid service, string? id) => new()
    {
        MessageId = id is null ? Guid.CreateVersion7() : Guid.Parse(id),
        Type = typeof(TerminateService).FullName!,
        Body = System.Text.Json.JsonSerializer.Serialize(new TerminateService(service, 1, new Cause(CauseKind.Operator, "test"))),
    };
}
