using Microsoft.EntityFrameworkCore;
using NaaS.Fulfilment.Storage;

namespace NaaS.Fulfilment.Tests.Storage;

public class LeasesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task Of_many_workers_each_service_is_taken_by_one(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await AddAsync(database, 40);
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(async worker =>
        {
            await using var db = await database.OpenAsync();
            return await db.TakeAsync($"worker{worker}", 10, Minute, Now, Token);
        }));
        var services = taken.SelectMany(leases => leases).Select(lease => lease.ServiceId).ToList();
        services.Count.ShouldBe(services.Distinct().Count());
        await using var rest = await database.OpenAsync();
        services.Count.ShouldBe(40 - (await rest.TakeAsync("last", 100, Minute, Now, Token)).Count);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task A_service_woken_while_it_is_worked_on_is_due_again_at_once(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await AddAsync(database, 2);
        await using var db = await database.OpenAsync();
        var leases = await db.TakeAsync("worker", 2, Minute, Now, Token);
        await db.WakeAsync([leases[0].ServiceId], Now, Token);
        foreach (var lease in leases)
        {
            await db.GiveBackAsync(lease, Now.AddHours(1), 0, Now, Token);
        }

        db.ChangeTracker.Clear();
        (await db.TakeAsync("worker", 2, Minute, Now, Token)).ShouldHaveSingleItem().ServiceId.ShouldBe(leases[0].ServiceId);
        (await db.NextDueAsync(Now, Token)).ShouldBe(Now + Minute);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task A_worker_that_lost_its_lease_can_save_nothing(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await AddAsync(database, 1);
        await using var slow = await database.OpenAsync();
        await slow.TakeAsync("slow", 1, Minute, Now, Token);
        slow.ChangeTracker.Clear();
        var service = await slow.Services.SingleAsync(Token);
        await using var other = await database.OpenAsync();
        (await other.TakeAsync("other", 1, Minute, Now + 2 * Minute, Token)).Count.ShouldBe(1);
        service.Revision = 9;
        service.Version = Guid.NewGuid();
        await Should.ThrowAsync<DbUpdateConcurrencyException>(() => slow.SaveChangesAsync(Token));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task Two_services_cannot_have_the_same_object_on_a_cluster(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var db = await database.OpenAsync();
        db.Objects.Add(Row(Guid.NewGuid(), "c1"));
        db.Objects.Add(Row(Guid.NewGuid(), "c2"));
        await db.SaveChangesAsync(Token);
        db.Objects.Add(Row(Guid.NewGuid(), "c1"));
        await Should.ThrowAsync<DbUpdateException>(() => db.SaveChangesAsync(Token));
    }

    private static ObjectRecord Row(Guid service, string cluster) => new()
    {
        ServiceId = service,
        Cluster = cluster,
        ApiGroup = "",
        Kind = "ConfigMap",
        Namespace = "default",
        Name = "a",
        Owner = "",
        Part = 0,
        Number = 1,
        Digest = "d",
    };

    private static async Task AddAsync(TestDatabase database, int count)
    {
        await using var db = await database.OpenAsync();
        db.Services.AddRange(Enumerable.Range(0, count).Select(_ => new ServiceRecord { Id = Guid.NewGuid(), Born = Now, Name = "s", Cause = "{}", NextRun = Now }));
        await db.SaveChangesAsync(Token);
    }
}
