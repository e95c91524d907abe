using System.Collections.Concurrent;
using System.Text.Json;
using NaaS.Tmf.Catalog;
using NaaS.Tmf.Characteristics;
using NaaS.Tmf.Json;
using NaaS.TmfRest.Resources;

namespace NaaS.TmfRest.Rules;

/// <summary>A specification as orders and changes need it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Rules">What it says to characteristics.</param>
public sealed record KnownSpecification(string? Name, string? Version, SpecificationRules Rules);

/// <summary>Specifications with their rules. The text comes from the database each time; what it means is worked out once.</summary>
public sealed class KnownSpecifications
{
    private const int Most = 1000;
    private readonly ConcurrentDictionary<string, (string Text, KnownSpecification Known)> known = new(StringComparer.Ordinal);

    /// <summary>The specification; null where there is none.</summary>
    public async Task<KnownSpecification?> FindAsync(ResourceStore store, string id, CancellationToken cancellationToken)
    {
        if (await store.TextAsync<ServiceSpecification>(id, cancellationToken) is not { } text)
        {
            return null;
        }

        if (known.TryGetValue(id, out var one) && one.Text == text)
        {
            return one.Known;
        }

        if (known.Count >= Most)
        {
            known.Clear();
        }

        var specification = JsonSerializer.Deserialize<ServiceSpecification>(text, TmfJson.Options)!;
        one = (text, new(specification.Name, specification.Version, SpecificationRules.From(TmfJson.Write(specification))));
        known[id] = one;
        return one.Known;
    }
}
