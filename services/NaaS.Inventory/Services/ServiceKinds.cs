using NaaS.Tmf.Inventory;

namespace NaaS.Inventory.Services;

/// <summary>Customer-facing services and the components that make them up.</summary>
internal static class ServiceKinds
{
    public const string CustomerFacing = "CustomerFacingService";
    public const string ResourceFacing = "ResourceFacingService";

    /// <summary>Id of the built-in specification <c>Kubernetes workload</c>.</summary>
    public const string WorkloadSpecification = "5d0b2a0e-6c1f-5e1b-9a51-6e6161535701";

    /// <summary>Whether the service is a component that the worker reports.</summary>
    public static bool IsComponent(this Service service) => service.ServiceSpecification?.Id == WorkloadSpecification;
}
