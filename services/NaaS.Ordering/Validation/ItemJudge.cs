using NaaS.Ordering.Orders;
using NaaS.Ordering.Plans;
using NaaS.Tmf.Catalog;
using NaaS.Tmf.Characteristics;
using NaaS.Tmf.Json;
using NaaS.Tmf.Ordering;
using NaaS.Tmf.Shared;
using NaaS.TmfRest.Ports;
using NaaS.TmfRest.Resources;

namespace NaaS.Ordering.Validation;

/// <summary>Asks catalogue and inventory what they say to an item.</summary>
internal sealed class ItemJudge(ResourceStore store, IServiceInventory inventory, RuleEngine engine, TimeProvider clock)
{
    public async Task<ItemVerdict> JudgeAsync(ServiceOrderItem item, Sender sender, CancellationToken cancellationToken)
    {
        var work = TargetState.WorkOf(item);
        if (work is Work.Make or Work.Record)
        {
            return await NewServiceAsync(item.Service!, sender.Lenient, cancellationToken);
        }

        // Another customer's service is answered as one that is not there; noChange items only mention a service.
        var id = item.Service!.Id!;
        var service = await inventory.FindAsync(id, cancellationToken);
        if (work != Work.None && (service is null || !sender.Caller.Owns(service.RelatedParty)))
        {
            return ItemVerdict.Refused("unknown-service", $"There is no service {id}");
        }

        return work == Work.Change ? await ChangeAsync(item.Service, sender.Lenient, cancellationToken) : ItemVerdict.Good;
    }

    private async Task<ItemVerdict> NewServiceAsync(ServiceRefOrValue service, bool lenient, CancellationToken cancellationToken)
    {
        if (service.ServiceSpecification?.Id is not { Length: > 0 } id)
        {
            return ItemVerdict.Refused("missing-specification", "The item names no service specification");
        }

        if (await store.FindAsync<ServiceSpecification>(id, cancellationToken) is not { } specification)
        {
            return ItemVerdict.Refused("unknown-specification", $"There is no service specification {id}");
        }

        var rules = SpecificationRules.From(TmfJson.Write(specification));
        if (rules.WhyNotOrderable(clock.GetUtcNow()) is { } reason)
        {
            return ItemVerdict.Refused("specification-not-orderable", reason);
        }

        service.ServiceSpecification.Name ??= specification.Name;
        service.ServiceSpecification.Version ??= specification.Version;
        List<WantedCharacteristic> wanted = [.. (service.ServiceCharacteristic ?? [])
            .Where(one => one.Name is not null)
            .GroupBy(one => one.Name!)
            .Select(same => new WantedCharacteristic(same.Key, ValueText.Unwrap(same.Last().Value)))];
        var outcome = engine.Check(rules, wanted, lenient: lenient);
        return new(null, outcome.Violations) { Accepted = outcome.Accepted, Ignored = outcome.Ignored };
    }

    private async Task<ItemVerdict> ChangeAsync(ServiceRefOrValue service, bool lenient, CancellationToken cancellationToken)
    {
        if (service.State == ServiceStateType.Inactive)
        {
            return ItemVerdict.Refused("not-offered", "A service cannot be deactivated; it can be terminated");
        }

        var answer = await inventory.CheckAsync(service.Id!, service.ServiceCharacteristic ?? [], lenient, cancellationToken);
        return answer.Refusal is { } refusal
            ? ItemVerdict.Refused("service-not-changeable", refusal)
            : new(null, answer.Violations) { Ignored = answer.Ignored };
    }
}
