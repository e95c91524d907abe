using NaaS.Fulfilment.Storage;

namespace NaaS.Fulfilment.Tests.Storage;

public class RevisionRetentionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task Old_revisions_go_and_those_that_hold_or_are_among_the_last_stay(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var db = await database.OpenAsync();
        // Revision 1 is still the good one; 9 is under way and was to replace 2.
        var running = Add(db, revision: 9, good: 1, before: 2);
        var ended = Add(db, revision: 5, good: null, before: null);
        await db.SaveChangesAsync(Token);

        var count = await RevisionRetention.SweepAsync(db, Now.AddDays(-5.5), 3, Token);

        db.ChangeTracker.Clear();
        // Those are as many days old as their number is below 10.
        Numbers(db, running).ShouldBe([1, 2, 5, 6, 7, 8, 9]);
        Numbers(db, ended).ShouldBe([5]);
        count.ShouldBe(6);
    }

    private static List<int> Numbers(FulfilmentDb db, Guid service) =>
        [.. db.Revisions.Where(row => row.ServiceId == service).Select(row => row.Number).AsEnumerable().Order()];

    private static Guid Add(FulfilmentDb db, int revision, int? good, int? before)
    {
        var id = Guid.NewGuid();
        db.Services.Add(new() { Id = id, Born = Now, Name = "", Cause = "{}", Revision = revision, Good = good });
        for (var number = 1; number <= revision; number++)
        {
            var at = Now.AddDays(number - 10);
            db.Revisions.Add(new()
            {
                ServiceId = id,
                Number = number,
                Sequence = number,
                Cause = "{}",
                Characteristics = "[]",
                Stage = RevisionStage.Good,
                Before = number == revision ? before : null,
                StartedAt = at,
                Deadline = at,
                ConcludedAt = number == revision ? null : at,
            });
        }

        return id;
    }
}
