using NaaS.Ordering.Orders;
using NaaS.Ordering.Plans;
using NaaS.Tmf.Characteristics;
using NaaS.Tmf.Ordering;
using NaaS.Tmf.Shared;
using NaaS.TmfRest.Errors;
using NaaS.TmfRest.Ports;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Rules;

namespace NaaS.Ordering.Validation;

/// <summary>Asks catalogue and inventory what they say to an item.</summary>
internal sealed class ItemJudge(
    ResourceStore store, KnownSpecifications specifications, IServiceInventory inventory, RuleEngine engine, UniqueValues unique, TimeProvider clock)
{
    /// <summary>The verdicts on all items by their ids.</summary>
    /// <exception cref="InvalidBodyFieldException">On the standard path, where values break a known specification: all of them are named.</exception>
    public async Task<Dictionary<string, ItemVerdict>> JudgeAsync(ServiceOrder order, Sender sender, CancellationToken cancellationToken)
    {
        var verdicts = new Dictionary<string, ItemVerdict>();
        foreach (var item in order.AllItems())
        {
            verdicts[item.Id!] = await JudgeAsync(item, sender, cancellationToken);
        }

        var violations = verdicts.SelectMany(verdict => verdict.Value.Violations.Select(
            violation => $"serviceOrderItem[{verdict.Key}].service.serviceCharacteristic[{violation.Characteristic}]: {violation.Reason}")).ToList();
        return violations.Count == 0 || sender.Lenient ? verdicts : throw new InvalidBodyFieldException(string.Join("; ", violations));
    }

    /// <summary>The verdict on one item.</summary>
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

        if (await specifications.FindAsync(store, id, cancellationToken) is not { } specification)
        {
            return ItemVerdict.Refused("unknown-specification", $"There is no service specification {id}");
        }

        var rules = specification.Rules;
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
        var taken = await unique.ComplaintsAsync(rules, id, outcome.Accepted, service.Id, cancellationToken);
        return new(null, [.. outcome.Violations, .. taken]) { Accepted = outcome.Accepted, Ignored = outcome.Ignored };
    }

    private async Task<ItemVerdict> ChangeAsync(ServiceRefOrValue service, bool lenient, CancellationToken cancellationToken)
    {
        var answer = await inventory.CheckAsync(service.Id!, service.ServiceCharacteristic ?? [], lenient, cancellationToken);
        return answer.Refusal is { } refusal
            ? ItemVerdict.Refused("service-not-changeable", refusal)
            : new(null, answer.Violations) { Ignored = answer.Ignored };
    }
}
