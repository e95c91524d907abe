using Microsoft.EntityFrameworkCore;
using NaaS.Tmf.Characteristics;
using NaaS.Tmf.Inventory;
using NaaS.TmfRest.Resources;

namespace NaaS.TmfRest.Rules;

/// <summary>Sees to it that a characteristic that is <c>isUnique</c> (TMF633) has no value twice among the services of its specification that have not ended.</summary>
public sealed class UniqueValues(ResourceStore store)
{
    /// <summary>What stands against the values. In the transaction of the caller nobody else can take them meanwhile.</summary>
    /// <param name="rules">The specification's rules.</param>
    /// <param name="specificationId">Its id.</param>
    /// <param name="accepted">The values.</param>
    /// <param name="serviceId">The service that has them or shall have them; null for a new one.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<IReadOnlyList<Violation>> ComplaintsAsync(
        SpecificationRules rules, string specificationId, IReadOnlyList<AcceptedCharacteristic> accepted, string? serviceId, CancellationToken cancellationToken)
    {
        var names = rules.UniqueNames();
        List<Violation> violations = [];

        // Secrets cannot be looked up, since they are not stored with the service that others read.
        foreach (var one in accepted.Where(one => names.Contains(one.Name) && !one.IsSecret && one.Text.Length > 0))
        {
            await HoldAsync($"{specificationId}|{one.Name}|{one.Text}", cancellationToken);
            var query = $"serviceSpecification.id={Quoted(specificationId)}&{Uri.EscapeDataString($"serviceCharacteristic.{one.Name}")}={Quoted(one.Text)}&state.ne=terminated&limit=2";
            var others = await store.QueryAsync<Service>(query, cancellationToken);
            if (others.Any(other => other.Id != serviceId))
            {
                violations.Add(new(one.Name, ViolationKind.Unique, "must be unique, and another service has this value"));
            }
        }

        return violations;
    }

    // On SQLite there is one writer at a time anyway.
    private async Task HoldAsync(string value, CancellationToken cancellationToken)
    {
        if (store.Db.Database.IsNpgsql() && store.Db.Database.CurrentTransaction is not null)
        {
            await store.Db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({value}, 638))", cancellationToken);
        }
    }

    private static string Quoted(string text) => Uri.EscapeDataString($"\"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
}
