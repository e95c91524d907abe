using System.Text.Json.Nodes;
using Refit;

namespace NaaS.OpenSlice.Osom;

/// <summary>What OpenSlice's order manager calls at a partner; paths are fixed there, and nothing else is called.</summary>
[Headers("Accept: application/json")]
internal interface IPartnerApi
{
    [Get("/tmf-api/serviceCatalogManagement/v4/serviceCategory/{id}")]
    Task<HttpResponseMessage> GetCategoryAsync(string id, CancellationToken cancellationToken);

    [Get("/tmf-api/serviceCatalogManagement/v4/serviceCandidate/{id}")]
    Task<HttpResponseMessage> GetCandidateAsync(string id, CancellationToken cancellationToken);

    [Get("/tmf-api/serviceCatalogManagement/v4/serviceSpecification?type=CustomerFacingServiceSpecification")]
    Task<HttpResponseMessage> GetSpecificationsAsync(CancellationToken cancellationToken);

    [Get("/tmf-api/serviceCatalogManagement/v4/serviceSpecification/{id}")]
    Task<HttpResponseMessage> GetSpecificationAsync(string id, CancellationToken cancellationToken);

    [Post("/tmf-api/serviceOrdering/v4/serviceOrder")]
    Task<HttpResponseMessage> PostOrderAsync([Body] JsonObject order, CancellationToken cancellationToken);

    [Get("/tmf-api/serviceOrdering/v4/serviceOrder/{id}")]
    Task<HttpResponseMessage> GetOrderAsync(string id, CancellationToken cancellationToken);

    [Patch("/tmf-api/serviceOrdering/v4/serviceOrder/{id}")]
    Task<HttpResponseMessage> PatchOrderAsync(string id, [Body] JsonObject patch, CancellationToken cancellationToken);

    [Get("/tmf-api/serviceInventory/v4/service/{id}")]
    Task<HttpResponseMessage> GetServiceAsync(string id, CancellationToken cancellationToken);

    [Patch("/tmf-api/serviceInventory/v4/service/{id}")]
    Task<HttpResponseMessage> PatchServiceAsync(string id, [Body] JsonObject patch, CancellationToken cancellationToken);
}
