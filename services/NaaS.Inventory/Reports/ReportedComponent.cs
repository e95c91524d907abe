using System.Text.Json;
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
    public static Service New(ComponentReport component, Service owner, ServiceReported report)
    {
        var service = new Service
        {
            Id = component.Id.ToString(),
            Type = "Service",
            Name = NameOf(component),
            Category = ServiceKinds.ResourceFacing,
            ServiceType = component.Kind,
            ServiceDate = TmfDate.Format(report.At),
            ServiceSpecification = new() { Id = ServiceKinds.WorkloadSpecification, Name = "Kubernetes workload", Version = "1.0", ReferredType = "ServiceSpecification" },
            RelatedParty = owner.RelatedParty,
            ServiceRelationship = Relationships(component, owner, report),
        };
        Apply(service, component, report);
        return service;
    }

    /// <summary>Brings a known component up to the report. One that has ended keeps telling where it was.</summary>
    public static void Apply(Service service, ComponentReport component, ServiceReported report)
    {
        var at = report.At;
        if (component.State == ComponentState.Terminated)
        {
            End(service, at);
            return;
        }

        var isActive = component.State == ComponentState.Active && !report.Inactive;
        service.State = isActive ? ServiceStateType.Active : report.Inactive ? ServiceStateType.Inactive : ServiceStateType.Reserved;
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

    /// <summary>What the component belongs to, and which components it calls through which Service and on which way.</summary>
    public static List<ServiceRelationship> Relationships(ComponentReport component, Service owner, ServiceReported report)
    {
        var names = report.Components.ToDictionary(one => one.Id, NameOf);
        return
        [
            new() { RelationshipType = "supports", Service = new() { Id = owner.Id, Name = owner.Name, ReferredType = "Service" } },
            .. component.Calls.Where(call => names.ContainsKey(call.To)).Select(call => new ServiceRelationship
            {
                RelationshipType = "calls",
                Service = new() { Id = call.To.ToString(), Name = names[call.To], Category = ServiceKinds.ResourceFacing, ReferredType = "Service" },
                ServiceRelationshipCharacteristic = [Text("service", call.Service), Text("path", JsonNamingPolicy.CamelCase.ConvertName(call.Path.ToString()))],
            }),
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
