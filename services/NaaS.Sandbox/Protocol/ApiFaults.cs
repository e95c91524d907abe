using System.Globalization;
using Microsoft.AspNetCore.Http;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Protocol;

/// <summary>
/// What is wrong with one API server, as its clients see it. Ordered as text, several with commas: <c>down</c> (nobody is answered),
/// <c>slow=SECONDS</c> (before each answer), <c>throttled=N</c> (the next N requests get 429), <c>conflict=N</c> (the next N changes of
/// objects get 409), <c>failing=N</c> (the next N writes get 500 and are not done), <c>lost-answer=N</c> (the next N writes are done, but
/// the connection breaks before the answer), and at once: <c>gone</c> (running watches end with 410 and none can resume),
/// <c>restart</c> (all connections of watches break).
/// </summary>
internal sealed class ApiFaults(ObjectStore store, TimeProvider clock)
{
    private int _throttled;
    private int _conflict;
    private int _failing;
    private int _lostAnswer;

    /// <summary>Nobody is answered.</summary>
    public bool Down { get; private set; }

    /// <summary>Before each answer.</summary>
    public TimeSpan Slow { get; private set; }

    /// <summary>Orders faults, on top of those that are there.</summary>
    /// <exception cref="FormatException">A fault of that name is not known; the message lists those that are.</exception>
    public void Order(string text)
    {
        foreach (var word in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (name, value) = word.Split('=', 2) is [var left, var right] ? (left, right) : (word, "1");
            switch (name)
            {
                case "down":
                    Down = true;
                    store.EndWatches(new IOException("the API server is down"));
                    break;
                case "slow" when double.TryParse(value.TrimEnd('s'), CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and <= 3600:
                    Slow = TimeSpan.FromSeconds(seconds);
                    break;
                case "throttled" when Times(value, out var times):
                    Volatile.Write(ref _throttled, times);
                    break;
                case "conflict" when Times(value, out var times):
                    Volatile.Write(ref _conflict, times);
                    break;
                case "failing" when Times(value, out var times):
                    Volatile.Write(ref _failing, times);
                    break;
                case "lost-answer" when Times(value, out var times):
                    Volatile.Write(ref _lostAnswer, times);
                    break;
                case "gone":
                    store.EndWatches(ApiErrors.TooOld(store.ResourceVersion, store.ResourceVersion));
                    break;
                case "restart":
                    store.EndWatches(new IOException("the API server is restarting"));
                    break;
                default:
                    throw new FormatException($"{word} is no fault: down, slow=SECONDS, throttled=N, conflict=N, failing=N, lost-answer=N, gone, restart");
            }
        }
    }

    /// <summary>All is well again.</summary>
    public void Repair()
    {
        Down = false;
        Slow = TimeSpan.Zero;
        _throttled = _conflict = _failing = _lostAnswer = 0;
    }

    /// <summary>Lets a request wait or fail, as ordered; false when its connection was broken.</summary>
    public async Task<bool> LetInAsync(HttpContext http)
    {
        if (Down)
        {
            http.Abort();
            return false;
        }
        if (Slow > TimeSpan.Zero)
        {
            await Task.Delay(Slow, clock, http.RequestAborted);
        }
        if (Take(ref _throttled))
        {
            throw ApiErrors.TooManyRequests(1);
        }
        return true;
    }

    /// <summary>Lets a write of an object happen, or refuses it as ordered.</summary>
    public void LetWrite(ResourceType type, string? name)
    {
        if (Take(ref _failing))
        {
            throw new ApiStatusException(500, "", "etcdserver: request timed out");
        }
        if (name is not null && Take(ref _conflict))
        {
            throw ApiErrors.Modified(type, name);
        }
    }

    /// <summary>Breaks the connection of a write that was done, if that was ordered.</summary>
    public void LetAnswer(HttpContext http)
    {
        if (Take(ref _lostAnswer))
        {
            http.Abort();
            throw new OperationCanceledException("the answer was lost by order", http.RequestAborted);
        }
    }

    /// <summary>The faults now, in the words in which they were ordered.</summary>
    public override string ToString() => string.Join(',', new[]
    {
        Down ? "down" : "",
        Slow > TimeSpan.Zero ? $"slow={Slow.TotalSeconds.ToString(CultureInfo.InvariantCulture)}" : "",
        Left("throttled", _throttled), Left("conflict", _conflict), Left("failing", _failing), Left("lost-answer", _lostAnswer),
    }.Where(w => w.Length > 0));

    private static string Left(string name, int times) => times > 0 ? $"{name}={times}" : "";

    private static bool Times(string text, out int times) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out times);

    /// <summary>Takes one of a number of times, if there is one left.</summary>
    private static bool Take(ref int times)
    {
        for (var left = Volatile.Read(ref times); left > 0; left = Volatile.Read(ref times))
        {
            if (Interlocked.CompareExchange(ref times, left - 1, left) == left)
            {
                return true;
            }
        }
        return false;
    }
}
