using Microsoft.EntityFrameworkCore;

namespace NaaS.Messaging.Tests;

public sealed class LostUpdateTests
{
    [Theory(Timeout = 60_000), InlineData("embedded"), InlineData("servers")]
    public async Task A_save_that_lost_against_another_one_leaves_the_database_to_the_next(string kind)
    {
        // It takes no messages: they would be those of the delivery tests, which run beside.
        await using var host = await TestHost.StartAsync(Servers.Get(kind), writes: false, handles: false);
        var token = TestContext.Current.CancellationToken;
        foreach (var statements in new[] { 1, 2 })
        {
            var service = Guid.NewGuid();
            await host.WithDb(db => Add(db, service));
            await host.WithDb(async db =>
            {
                var mine = await db.Effects.SingleAsync(effect => effect.ServiceId == service, token);
                await host.WithDb(other => other.Effects.Where(effect => effect.ServiceId == service).ExecuteDeleteAsync(token));
                db.Remove(mine);
                for (var i = 1; i < statements; i++)
                {
                    db.Add(new Effect { ServiceId = service });
                }

                return await Should.ThrowAsync<DbUpdateConcurrencyException>(() => db.SaveChangesAsync(token));
            });

            (await host.WithDb(db => Add(db, service)).WaitAsync(TimeSpan.FromSeconds(30), token)).ShouldBe(1);
        }

        Task<int> Add(TestDb db, Guid service)
        {
            db.Add(new Effect { ServiceId = service });
            return db.SaveChangesAsync(token);
        }
    }
}
