using NaaS.Catalog.Categories;
using NaaS.Tmf.Catalog;
using NaaS.Tmf.Shared;
using NaaS.TmfRest.Resources;

namespace NaaS.Catalog.Candidates;

/// <summary>Keeps candidates, their specifications and their categories in step: a category lists the candidates that name it.</summary>
internal sealed class CandidateLinks(ResourceStore store, TimeProvider time)
{
    /// <summary>Sees to it that a launched specification has a candidate; without one OpenSlice cannot find it. A new one goes into the category NaaS.</summary>
    public async Task LaunchAsync(ServiceSpecification specification, CancellationToken cancellationToken)
    {
        var known = await OfAsync(specification.Id!, cancellationToken);
        if (known.Count > 0)
        {
            return;
        }

        var candidate = new ServiceCandidate
        {
            Name = specification.Name,
            Description = specification.Description,
            Version = specification.Version,
            LifecycleStatus = specification.LifecycleStatus,
            ValidFor = specification.ValidFor,
            LastUpdate = time.GetUtcNow(),
            Type = "ServiceCandidate",
            ServiceSpecification = new ServiceSpecificationRef { Id = specification.Id, Name = specification.Name, Version = specification.Version, ReferredType = "ServiceSpecification" },
            Category = [new ServiceCategoryRef { Id = NaasCategory.Id, Name = NaasCategory.Name, ReferredType = "ServiceCategory" }],
        };
        store.Insert(candidate);
        await SyncAsync(null, candidate, cancellationToken);
    }

    /// <summary>Deletes a specification's candidates.</summary>
    public async Task WithdrawAsync(ServiceSpecification specification, CancellationToken cancellationToken)
    {
        foreach (var candidate in await OfAsync(specification.Id!, cancellationToken))
        {
            await SyncAsync(candidate, null, cancellationToken);
            store.Delete(candidate);
        }
    }

    /// <summary>Enters a changed candidate into its categories and strikes it from those that it has left. Categories that do not exist are passed over.</summary>
    public async Task SyncAsync(ServiceCandidate? before, ServiceCandidate? after, CancellationToken cancellationToken)
    {
        var left = Categories(before);
        var entered = Categories(after);
        var id = (after ?? before)!.Id!;
        foreach (var categoryId in left.Union(entered).Order(StringComparer.Ordinal))
        {
            var category = await store.FindForChangeAsync<ServiceCategory>(categoryId, cancellationToken);
            if (category is null)
            {
                continue;
            }

            category.ServiceCandidate = [.. (category.ServiceCandidate ?? []).Where(candidate => candidate.Id != id)];
            if (entered.Contains(categoryId))
            {
                category.ServiceCandidate.Add(new ServiceCandidateRef { Id = id, Name = after!.Name, Version = after.Version, ReferredType = "ServiceCandidate" });
            }

            store.Update(category);
        }
    }

    private Task<IReadOnlyList<ServiceCandidate>> OfAsync(string specificationId, CancellationToken cancellationToken) =>
        store.QueryAsync<ServiceCandidate>($"serviceSpecification.id=\"{specificationId}\"", cancellationToken);

    private static HashSet<string> Categories(ServiceCandidate? candidate) =>
        (candidate?.Category ?? []).Select(category => category.Id).OfType<string>().ToHashSet(StringComparer.Ordinal);
}
