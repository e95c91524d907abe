using NaaS.Catalog.Specifications;
using NaaS.Tmf.Catalog;
using NaaS.Tmf.Json;
using NaaS.TmfRest.Errors;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Routes;

namespace NaaS.Catalog.Publishing;

/// <summary>
/// The chart check of one unit of work. Charts are looked at before its transaction begins, since a slow repository must not hold up those who write;
/// inside it the verdict is only called for.
/// </summary>
internal sealed class ChartLook(ChartCheck check, ResourceStore store)
{
    private readonly Dictionary<string, IReadOnlyList<string>> verdicts = new(StringComparer.Ordinal);

    /// <summary>Looks at the chart of a specification that is going to be published.</summary>
    public async Task LookAsync(ServiceSpecification specification, CancellationToken cancellationToken) =>
        verdicts[Key(specification)] = await check.ComplaintsAsync(specification, cancellationToken);

    /// <summary>Looks at the chart of a specification that a POST brings.</summary>
    public async Task LookAsync(Posted<ServiceSpecification> posted, CancellationToken cancellationToken)
    {
        if (LifeCycle.IsPublished(LifeCycle.Read(posted.Resource.LifecycleStatus ?? LifeCycle.InStudy)))
        {
            await LookAsync(posted.Resource, cancellationToken);
        }
    }

    /// <summary>Looks at the chart of a specification as a PATCH makes it.</summary>
    public async Task LookAsync(Patched<ServiceSpecification> patched, CancellationToken cancellationToken)
    {
        var change = await patched.ApplyAsync(store, cancellationToken);
        store.Db.ChangeTracker.Clear();
        if (IsDue(change))
        {
            await LookAsync(change.After, cancellationToken);
        }
    }

    /// <summary>Whether a change publishes a specification, or changes the knobs of a published one.</summary>
    public static bool IsDue(Change<ServiceSpecification> change) =>
        LifeCycle.IsPublished(LifeCycle.Move(change.Before.LifecycleStatus!, change.After.LifecycleStatus))
        && (!LifeCycle.IsPublished(change.Before.LifecycleStatus!) || change.Changed.Contains("specCharacteristic"));

    /// <summary>Refuses a specification whose chart cannot be had or has not the values that its knobs set.</summary>
    /// <exception cref="InvalidBodyFieldException">All that is wrong.</exception>
    public async Task RequireAsync(ServiceSpecification specification, CancellationToken cancellationToken)
    {
        // Only another writer between look and transaction makes one that was not looked at.
        var complaints = verdicts.GetValueOrDefault(Key(specification)) ?? await check.ComplaintsAsync(specification, cancellationToken);
        if (complaints.Count > 0)
        {
            throw new InvalidBodyFieldException(string.Join("; ", complaints));
        }
    }

    private static string Key(ServiceSpecification specification) =>
        TmfJson.Write(new ServiceSpecification { SpecCharacteristic = specification.SpecCharacteristic }).ToJsonString();
}
