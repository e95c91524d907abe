using NaaS.Contracts;
using NaaS.Inventory.Services;
using NaaS.Tmf.Inventory;
using NaaS.Tmf.Json;
using NaaS.Tmf.Shared;

namespace NaaS.Inventory.Reports;

/// <summary>A component as a resource-facing service.</summary>
internal static class ReportedComponent
{
    /// <summary>A component that was not known.</summary>
    public static Service New(ComponentReport component, Service owner, DateTimeOffset at)
    {
        var service = new Service
        {
            Id = component.Id.ToString(),
            Type = "Service",
            Name = NameOf(component),
            Category = ServiceKinds.ResourceFacing,
            ServiceType = component.Kind,
            ServiceDate = TmfDate.Format(at),
            ServiceSpecification = new() { Id = ServiceKinds.WorkloadSpecification, Name = "Kubernetes workload", Version = "1.0", ReferredType = "ServiceSpecification" },
            RelatedParty = owner.RelatedParty,
            ServiceRelationship = [new() { RelationshipType = "supports", Service = new() { Id = owner.Id, Name = owner.Name, ReferredType = "Service" } }],
        };
        Apply(service, component, at);
        return service;
    }

    /// <summary>Brings a known component up to the report. One that has ended keeps telling where it was.</summary>
    public static void Apply(Service service, ComponentReport component, DateTimeOffset at)
    {
        if (component.State == ComponentState.Terminated)
        {
            End(service, at);
            return;
        }

        var isActive = component.State == ComponentState.Active;
        service.State = isActive ? ServiceStateType.Active : ServiceStateType.Reserved;
        service.IsServiceEnabled = isActive;
        service.HasStarted = isActive || service.HasStarted == true;
        service.StartDate ??= isActive ? at : null;
        service.EndDate = null;
        service.ServiceCharacteristic =
        [
            Text("cluster", component.Cluster ?? ""),
            Text("namespace", component.Namespace),
            Text("workload", $"{component.Kind}/{component.Name}"),
            Text("image", component.Image ?? ""),
            Number("replicas.ready", component.Ready),
            Number("replicas.desired", component.Desired),
            .. component.Reason is { } reason ? [Text("status.reason", reason)] : (Characteristic[])[],
        ];
    }

    /// <summary>No longer part of its service; kept for reading.</summary>
    public static void End(Service service, DateTimeOffset at)
    {
        if (service.State != ServiceStateType.Terminated)
        {
            service.State = ServiceStateType.Terminated;
            service.IsServiceEnabled = false;
            service.EndDate = at;
        }
    }

    /// <summary>The component as its service lists it.</summary>
    public static ServiceRefOrValue Reference(ComponentReport component) =>
        new() { Id = component.Id.ToString(), Name = NameOf(component), Category = ServiceKinds.ResourceFacing, ReferredType = "Service" };

    private static string NameOf(ComponentReport component) => $"{component.Kind} {component.Name}";

    private static Characteristic Text(string name, string value) => new() { Name = name, ValueType = "TEXT", Value = value };

    private static Characteristic Number(string name, int value) => new() { Name = name, ValueType = "INTEGER", Value = value };
}
