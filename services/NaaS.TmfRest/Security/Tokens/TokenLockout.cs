using System.Collections.Concurrent;

namespace NaaS.TmfRest.Security.Tokens;

/// <summary>
/// Makes those wait who guess secrets: of one name from one address after a few failures in a row, and of one name from anywhere after many more, so
/// that guessing by many machines is slow and one guesser does not lock others out. Names that do not exist are treated alike, and so not given away.
/// </summary>
internal sealed class TokenLockout(TokenOptions options, TimeProvider time)
{
    private const int FromAnywhere = 20;
    private const int MostDoublings = 4;
    private const int MostKept = 100_000;
    private readonly ConcurrentDictionary<(string Name, string Address), Failures> failures = new();

    /// <summary>Whether it has to wait, whatever the secret.</summary>
    public bool IsLocked(TokenAttempt attempt) => Keys(attempt).Any(key => failures.TryGetValue(key, out var known) && known.LockedUntil > time.GetUtcNow());

    /// <summary>The secret was wrong.</summary>
    public void Failed(TokenAttempt attempt)
    {
        var now = time.GetUtcNow();
        if (failures.Count >= MostKept)
        {
            foreach (var (old, _) in failures.Where(one => one.Value.LockedUntil < now))
            {
                failures.TryRemove(old, out _);
            }
        }

        foreach (var key in Keys(attempt))
        {
            failures.AddOrUpdate(key, _ => new Failures(0, default).Next(Limit(key), options.LockedFor, now), (_, known) => known.Next(Limit(key), options.LockedFor, now));
        }
    }

    /// <summary>The secret was right: what was wrong before is forgotten, for this address.</summary>
    public void Succeeded(TokenAttempt attempt) => failures.TryRemove((attempt.Name, attempt.Address), out _);

    private int Limit((string Name, string Address) key) => key.Address.Length == 0 ? options.Failures * FromAnywhere : options.Failures;

    private static IEnumerable<(string Name, string Address)> Keys(TokenAttempt attempt) => [(attempt.Name, attempt.Address.Length == 0 ? "unknown" : attempt.Address), (attempt.Name, "")];

    private readonly record struct Failures(int Count, DateTimeOffset LockedUntil)
    {
        // Locked at the limit and at each multiple of it, twice as long each time.
        public Failures Next(int limit, TimeSpan lockedFor, DateTimeOffset now)
        {
            var count = Count + 1;
            return count % limit == 0
                ? new(count, now + (lockedFor * (1 << Math.Min((count / limit) - 1, MostDoublings))))
                : this with { Count = count };
        }
    }
}

/// <summary>Somebody gives a secret.</summary>
/// <param name="Name">Whose it is said to be.</param>
/// <param name="Address">Where it came from.</param>
internal readonly record struct TokenAttempt(string Name, string Address);
