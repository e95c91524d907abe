using Microsoft.Extensions.Logging;
using NaaS.Contracts;
using NaaS.Inventory.Wishes;
using NaaS.Tmf.Inventory;
using NaaS.TmfRest.Ports;
using NaaS.TmfRest.Resources;

namespace NaaS.Inventory.Reports;

/// <summary>Takes the worker's reports: the service, its components and its revisions as they are now.</summary>
internal sealed partial class InventoryReports(ResourceStore store, ILogger<InventoryReports> logger) : IReportHandler
{
    public IReadOnlyList<Type> Models { get; } = [typeof(Service), typeof(ServiceWish), typeof(DeliveryRecord)];

    public IEnumerable<string> Changed(ServiceReported report)
    {
        var id = report.ServiceId.ToString();
        return [id, DeliveryRecord.IdOf(id, report.Revision), .. report.Components.Select(component => component.Id.ToString())];
    }

    public async Task HandleAsync(ServiceReported report, CancellationToken cancellationToken)
    {
        var id = report.ServiceId.ToString();
        var service = await store.FindForChangeAsync<Service>(id, cancellationToken);
        var wish = await store.FindForChangeAsync<ServiceWish>(id, cancellationToken);
        if (service is null || wish is null)
        {
            LogUnknown(report.ServiceId);
            return;
        }

        var before = (service.SupportingService ?? []).Select(component => component.Id).OfType<string>().ToList();
        if (ReportedService.Apply(service, wish, report))
        {
            await ComponentsAsync(service, before, report, cancellationToken);
            store.Update(service);
        }

        store.Update(wish);
        if (report.Delivered is { } delivered)
        {
            await RecordAsync(id, report, delivered, cancellationToken);
        }
    }

    private async Task RecordAsync(string service, ServiceReported report, DeliveredRevision delivered, CancellationToken cancellationToken)
    {
        var record = new DeliveryRecord { Id = DeliveryRecord.IdOf(service, report.Revision), Delivered = delivered };
        if (await store.FindForChangeAsync<DeliveryRecord>(record.Id, cancellationToken) is null)
        {
            store.Insert(record);
        }
        else
        {
            store.Update(record);
        }
    }

    private async Task ComponentsAsync(Service owner, List<string> before, ServiceReported report, CancellationToken cancellationToken)
    {
        foreach (var component in report.Components)
        {
            var related = ReportedComponent.Relationships(component, owner, report);
            var known = await store.FindForChangeAsync<Service>(component.Id.ToString(), cancellationToken);
            if (known is not null)
            {
                ReportedComponent.Apply(known, component, report);
                known.ServiceRelationship = component.State == ComponentState.Terminated ? known.ServiceRelationship : related;
                store.Update(known);
            }
            else if (component.State != ComponentState.Terminated)
            {
                store.Insert(ReportedComponent.New(component, owner, report));
            }
        }

        foreach (var gone in before.Except((owner.SupportingService ?? []).Select(component => component.Id)))
        {
            if (await store.FindForChangeAsync<Service>(gone!, cancellationToken) is { } component)
            {
                ReportedComponent.End(component, report.At);
                store.Update(component);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The worker reports service {ServiceId}, which is not in the inventory.")]
    private partial void LogUnknown(Guid serviceId);
}
