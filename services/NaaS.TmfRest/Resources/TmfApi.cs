namespace NaaS.TmfRest.Resources;

/// <summary>One of TM Forum's APIs.</summary>
/// <param name="Number">Its number, such as <c>TMF641</c>.</param>
/// <param name="Path">Path below <c>/tmf-api</c>.</param>
/// <param name="Title">TM Forum's title.</param>
/// <param name="Version">Version of the official file.</param>
/// <param name="WritePolicy">Policy that its writing operations demand.</param>
public sealed record TmfApi(string Number, string Path, string Title, string Version, string WritePolicy)
{
    /// <summary>TMF633.</summary>
    public static TmfApi ServiceCatalog { get; } = new("TMF633", "serviceCatalogManagement/v4", "Service Catalog Management", "4.0.0", Security.Policies.Catalogue);

    /// <summary>TMF641.</summary>
    public static TmfApi ServiceOrdering { get; } = new("TMF641", "serviceOrdering/v4", "Service Ordering Management", "4.1.0", Security.Policies.Order);

    /// <summary>TMF638.</summary>
    public static TmfApi ServiceInventory { get; } = new("TMF638", "serviceInventory/v4", "Service Inventory Management", "4.0.0", Security.Policies.Order);

    /// <summary>TMF645.</summary>
    public static TmfApi ServiceQualification { get; } = new("TMF645", "serviceQualificationManagement/v4", "Service Qualification Management", "4.0.0", Security.Policies.Order);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<TmfApi> All { get; } = [ServiceCatalog, ServiceOrdering, ServiceInventory, ServiceQualification];
}
