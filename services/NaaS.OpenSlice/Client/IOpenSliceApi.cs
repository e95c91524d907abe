using System.Text.Json.Nodes;
using Refit;

namespace NaaS.OpenSlice.Client;

/// <summary>What we call at an OpenSlice.</summary>
[Headers("Accept: application/json")]
internal interface IOpenSliceApi
{
    [Get("/tmf-api/party/v4/organization")]
    Task<JsonArray> GetOrganizationsAsync(CancellationToken cancellationToken);

    [Get("/tmf-api/party/v4/organization/{id}")]
    Task<JsonObject> GetOrganizationAsync(string id, CancellationToken cancellationToken);

    [Post("/tmf-api/party/v4/organization")]
    Task<JsonObject> PostOrganizationAsync([Body] JsonObject organization, CancellationToken cancellationToken);

    [Patch("/tmf-api/party/v4/organization/{id}")]
    Task<JsonObject> PatchOrganizationAsync(string id, [Body] JsonObject patch, CancellationToken cancellationToken);

    [Get("/tmf-api/serviceInventory/v4/service")]
    Task<JsonArray> GetServicesAsync(CancellationToken cancellationToken);

    [Get("/tmf-api/serviceInventory/v4/service/{id}")]
    Task<JsonObject> GetServiceAsync(string id, CancellationToken cancellationToken);

    [Patch("/tmf-api/serviceInventory/v4/service/{id}")]
    Task<JsonObject> PatchServiceAsync(string id, [Body] JsonObject patch, CancellationToken cancellationToken);

    [Get("/tmf-api/serviceCatalogManagement/v4/serviceSpecification/{id}")]
    Task<JsonObject> GetSpecificationAsync(string id, CancellationToken cancellationToken);

    [Get("/tmf-api/serviceOrdering/v4/serviceOrder?fields=externalId")]
    Task<JsonArray> GetOrdersAsync(CancellationToken cancellationToken);

    [Post("/tmf-api/serviceOrdering/v4/serviceOrder")]
    Task<JsonObject> PostOrderAsync([Body] JsonObject order, CancellationToken cancellationToken);

    [Get("/tmf-api/serviceOrdering/v4/serviceOrder/{id}")]
    Task<JsonObject> GetOrderAsync(string id, CancellationToken cancellationToken);

    [Patch("/tmf-api/serviceOrdering/v4/serviceOrder/{id}")]
    Task<JsonObject> PatchOrderAsync(string id, [Body] JsonObject patch, CancellationToken cancellationToken);
}
