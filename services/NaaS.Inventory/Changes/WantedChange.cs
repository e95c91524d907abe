using NaaS.Inventory.Wishes;
using NaaS.Tmf.Characteristics;
using NaaS.Tmf.Shared;
using NaaS.TmfRest.Ports;

namespace NaaS.Inventory.Changes;

/// <summary>What a wish for other characteristics means: nothing, a change, or a refusal. Pure.</summary>
/// <param name="Answer">What to tell.</param>
/// <param name="Wanted">All characteristics that are wanted now, where they change.</param>
internal sealed record WantedChange(ChangeAnswer Answer, IReadOnlyList<WishedCharacteristic>? Wanted)
{
    /// <summary>Decides about a full list of characteristics.</summary>
    /// <param name="wish">What is wanted so far.</param>
    /// <param name="wanted">All that is wanted now; <c>***</c> keeps a stored secret.</param>
    /// <param name="check">The catalogue's rules.</param>
    public static WantedChange Decide(ServiceWish wish, IReadOnlyList<WantedCharacteristic> wanted, Func<IReadOnlyList<WantedCharacteristic>, RuleOutcome> check)
    {
        var outcome = check([.. wanted.Select(one => Restored(wish, one))]);
        if (!outcome.IsAccepted)
        {
            return new(new(null, outcome.Violations, outcome.Ignored, Changed: false), null);
        }

        var accepted = outcome.Accepted.Select(WishedCharacteristic.Of).ToList();
        var changes = !accepted.Select(one => (one.Name, one.Text)).ToHashSet().SetEquals(wish.Wanted.Select(one => (one.Name, one.Text)));
        return new(new(null, [], outcome.Ignored, changes), changes ? accepted : null);
    }

    /// <summary>The full list that a delta gives: by name, what is absent stays, what has no value goes back to its default.</summary>
    public static IReadOnlyList<WantedCharacteristic> Merged(ServiceWish wish, IReadOnlyList<Characteristic> changes)
    {
        var byName = new OrderedDictionary<string, WantedCharacteristic>(StringComparer.Ordinal);
        foreach (var one in wish.Wanted)
        {
            byName[one.Name] = new(one.Name, one.Value);
        }

        foreach (var one in changes.Where(one => one.Name is not null))
        {
            byName[one.Name!] = new(one.Name!, ValueText.Unwrap(one.Value));
        }

        return [.. byName.Values];
    }

    private static WantedCharacteristic Restored(ServiceWish wish, WantedCharacteristic one) =>
        ValueText.Of(one.Value) == ValueText.Masked && wish.Wanted.Find(stored => stored.Name == one.Name && stored.IsSecret) is { } secret
            ? one with { Value = secret.Value }
            : one;
}
