using NaaS.Tmf.Catalog;
using NaaS.Tmf.Inventory;
using NaaS.TmfRest.Errors;
using NaaS.TmfRest.Resources;

namespace NaaS.Catalog.Specifications;

/// <summary>Who uses a specification.</summary>
internal static class SpecificationUse
{
    private const int Named = 5;

    /// <summary>Refuses to delete what services or other specifications rely on, and says which.</summary>
    /// <exception cref="ResourceConflictException">It is in use.</exception>
    public static async Task RefuseIfUsedAsync(ResourceStore store, string id, CancellationToken cancellationToken)
    {
        var services = await store.QueryAsync<Service>($"serviceSpecification.id=\"{id}\"&state.ne=terminated&limit={Named}", cancellationToken);
        var others = await store.QueryAsync<ServiceSpecification>($"serviceSpecRelationship.id=\"{id}\"&limit={Named}", cancellationToken);
        var users = services.Select(service => $"service {service.Id}").Concat(others.Select(other => $"serviceSpecification {other.Id}")).ToList();
        if (users.Count > 0)
        {
            throw new ResourceConflictException($"serviceSpecification {id} is in use by {string.Join(", ", users)}; retire it instead");
        }
    }
}
