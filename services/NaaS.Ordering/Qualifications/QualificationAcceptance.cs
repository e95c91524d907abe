using NaaS.Contracts;
using NaaS.Messaging.Outbox;
using NaaS.Ordering.Orders;
using NaaS.Ordering.Plans;
using NaaS.Ordering.Validation;
using NaaS.Tmf.Ordering;
using NaaS.Tmf.Qualification;
using NaaS.Tmf.Shared;
using NaaS.TmfRest.Errors;
using NaaS.TmfRest.Ports;
using NaaS.TmfRest.Resources;

namespace NaaS.Ordering.Qualifications;

/// <summary>Takes a qualification in: judges its items as an order's are judged, and asks the worker about those that pass. Nothing but the task is written.</summary>
internal sealed class QualificationAcceptance(ResourceStore store, ItemJudge judge, IServiceInventory inventory, OrderSecrets secrets, TimeProvider clock)
{
    /// <summary>Takes it in.</summary>
    public async Task<CheckServiceQualification> AcceptAsync(CheckServiceQualification task, Sender sender, CancellationToken cancellationToken)
    {
        task.Type ??= "CheckServiceQualification";
        task.Id = Guid.CreateVersion7(clock.GetUtcNow()).ToString();
        task.CheckServiceQualificationDate = clock.GetUtcNow();
        Number(task);
        foreach (var item in task.ServiceQualificationItem!)
        {
            await ConsiderAsync(task, item, sender, cancellationToken);
        }

        await secrets.MaskAsync(task.ServiceQualificationItem.Select(item => item.Service), cancellationToken);
        QualificationStates.Draw(task, clock.GetUtcNow());
        store.Insert(task);
        return task;
    }

    private static void Number(CheckServiceQualification task)
    {
        foreach (var (item, index) in task.ServiceQualificationItem!.Select((item, index) => (item, index)))
        {
            item.Id ??= $"{index + 1}";
            item.State = QualificationStates.InProgress;
            item.QualificationResult = null;
            item.EligibilityUnavailabilityReason = null;
            item.Plan = null;
            if (item.Service is null)
            {
                throw new MissingBodyFieldException($"serviceQualificationItem[{item.Id}].service is missing");
            }
        }

        if (task.ServiceQualificationItem!.GroupBy(item => item.Id).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new InvalidBodyFieldException($"serviceQualificationItem: the id '{twice.Key}' is given to several items");
        }
    }

    private async Task ConsiderAsync(CheckServiceQualification task, CheckServiceQualificationItem item, Sender sender, CancellationToken cancellationToken)
    {
        var service = item.Service!;
        var action = service.Id is null ? OrderItemActionType.Add : service.State == ServiceStateType.Terminated ? OrderItemActionType.Delete : OrderItemActionType.Modify;
        var ordered = new ServiceOrderItem { Id = item.Id, Action = action, Service = service };
        var verdict = await judge.JudgeAsync(ordered, sender, cancellationToken);
        if (verdict.Reason is { } reason)
        {
            QualificationStates.Refuse(item, reason.Code, reason.Reason);
            return;
        }

        store.Db.Enqueue(await AskAsync(task, item, ordered, verdict, sender.Lenient, cancellationToken));
    }

    private async Task<PreviewService> AskAsync(
        CheckServiceQualification task, CheckServiceQualificationItem item, ServiceOrderItem ordered, ItemVerdict verdict, bool lenient, CancellationToken cancellationToken)
    {
        var (id, service) = (Guid.Parse(task.Id!), item.Service!);
        switch (TargetState.WorkOf(ordered))
        {
            case Work.End:
                return new(id, item.Id!, Guid.Parse(service.Id!), "", null, []);
            case Work.Change:
                var wish = await inventory.WishAsync(service.Id!, service.ServiceCharacteristic ?? [], lenient, cancellationToken);
                return new(id, item.Id!, Guid.Parse(service.Id!), wish.Name, wish.Wanted, wish.Secrets) { Inactive = Inactive(service) };
            default:
                var name = service.Name ?? service.ServiceSpecification?.Name ?? "service";
                return new(
                    id,
                    item.Id!,
                    null,
                    name,
                    [.. verdict.Accepted.Select(one => new ServiceCharacteristic(one.Name, one.ValueType, one.Text, one.IsDefault))],
                    [.. verdict.Accepted.Where(one => one.IsSecret).Select(one => one.Name)])
                { Inactive = Inactive(service) };
        }
    }

    private static bool? Inactive(ServiceRefOrValue service) => service.State switch
    {
        ServiceStateType.Active => false,
        ServiceStateType.Inactive => true,
        _ => null,
    };
}
