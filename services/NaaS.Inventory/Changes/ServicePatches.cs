using System.Text.Json;
using System.Text.Json.Nodes;
using NaaS.Contracts;
using NaaS.Inventory.Services;
using NaaS.Inventory.Wishes;
using NaaS.Tmf.Characteristics;
using NaaS.Tmf.Inventory;
using NaaS.Tmf.Json;
using NaaS.Tmf.Shared;
using NaaS.TmfRest.Errors;
using NaaS.TmfRest.Ports;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Routes;

namespace NaaS.Inventory.Changes;

/// <summary>
/// A PATCH of a service. On the standard path what cannot be is an error; on OpenSlice's it answers with the values as they were and a note,
/// since an error there makes OpenSlice believe that the service is gone.
/// </summary>
internal sealed class ServicePatches(ResourceStore store, ServiceInventory inventory, TimeProvider clock)
{
    private const string OneByOne =
        "; a merge patch replaces the whole list: send all characteristics, or change a single one with application/json-patch-query+json";

    /// <summary>Applies the patch; the resource is updated.</summary>
    public async Task<Service> ApplyAsync(Change<Service> change, bool lenient, CancellationToken cancellationToken)
    {
        if (change.Before.IsComponent())
        {
            return lenient ? change.Before : throw new ResourceConflictException("A component is changed by changing its service");
        }

        var wish = await store.FindForChangeAsync<ServiceWish>(change.Before.Id!, cancellationToken);
        var service = wish is null ? Recorded(change, lenient) : await DeployedAsync(change, wish, lenient, cancellationToken);
        if (lenient && SaysNothing(change.Before, service))
        {
            return change.Before;
        }

        store.Update(service);
        return service;
    }

    private Service Recorded(Change<Service> change, bool lenient)
    {
        var (before, after) = (change.Before, change.After);
        if (ServiceStates.CanMove(before.State!.Value, after.State!.Value))
        {
            return after;
        }

        Refuse(after, lenient, new ResourceConflictException($"A service that is {Name(before.State)} cannot become {Name(after.State)}"));
        after.State = before.State;
        return after;
    }

    private async Task<Service> DeployedAsync(Change<Service> change, ServiceWish wish, bool lenient, CancellationToken cancellationToken)
    {
        var (before, after) = (change.Before, change.After);
        var (state, end, sent) = (after.State!.Value, after.EndDate, after.ServiceCharacteristic ?? []);
        KeepOurs(before, after);
        if (change.Changed.Contains("serviceSpecification") && !lenient)
        {
            throw new ResourceConflictException("The specification of a running service cannot be changed");
        }

        if (lenient && end is not null && end != before.EndDate && !wish.Ending)
        {
            ServiceEnd.Schedule(store, after, end.Value, clock.GetUtcNow());
        }

        var (sequence, inactive) = (wish.Sequence, wish.Inactive);
        if (state != before.State)
        {
            Move(before, after, wish, state, lenient);
        }

        if (change.Changed.Contains("serviceCharacteristic") && state != ServiceStateType.Terminated)
        {
            await ChangeAsync(after, wish, sent, lenient, cancellationToken);
        }

        if (wish.Inactive != inactive && wish.Sequence == sequence)
        {
            inventory.Start(wish, new Cause(CauseKind.Service, after.Id!));
        }

        return after;
    }

    private void Move(Service before, Service after, ServiceWish wish, ServiceStateType state, bool lenient)
    {
        var cause = new Cause(CauseKind.Service, before.Id!);
        if (state == ServiceStateType.Terminated)
        {
            inventory.End(after, wish, cause);
        }
        else if (state is ServiceStateType.Active or ServiceStateType.Inactive && wish is { Sequence: > 0, Ending: false })
        {
            // As with all changes, the service is so when the worker says so.
            wish.Inactive = state == ServiceStateType.Inactive;
        }
        else if (state == ServiceStateType.Active && wish is { Sequence: 0, Ending: false })
        {
            inventory.Start(wish, cause);
        }
        else
        {
            Refuse(after, lenient, new ResourceConflictException($"A service that is {Name(before.State)} cannot become {Name(state)} here"));
        }
    }

    private async Task ChangeAsync(Service service, ServiceWish wish, List<Characteristic> sent, bool lenient, CancellationToken cancellationToken)
    {
        if (ServiceInventory.WhyNot(service.Id!, service, wish) is { } refusal)
        {
            Refuse(service, lenient, new ResourceConflictException(refusal));
            return;
        }

        var wanted = WantedCharacteristic.ReadAll(TmfJson.Write(new Service { ServiceCharacteristic = sent })["serviceCharacteristic"]);
        var answer = await inventory.ChangeAsync(service, wish, wanted, sent, new(CauseKind.Service, service.Id!), lenient, cancellationToken);
        if (!answer.IsAccepted)
        {
            Refuse(service, lenient, answer.Refusal is null ? Invalid(answer, wanted) : new ResourceConflictException(answer.Refusal));
        }
        else if (answer is { Changed: true, Ignored.Count: > 0 })
        {
            service.Tell($"Left aside: {string.Join("; ", answer.Ignored)}", clock.GetUtcNow());
        }
    }

    private static InvalidBodyFieldException Invalid(ChangeAnswer answer, IReadOnlyList<WantedCharacteristic> wanted)
    {
        var reasons = string.Join("; ", answer.Violations.Select(violation => $"serviceCharacteristic[{violation.Characteristic}]: {violation.Reason}"));
        var isMissing = answer.Violations.Any(violation => wanted.All(one => one.Name != violation.Characteristic));
        return new(isMissing ? reasons + OneByOne : reasons);
    }

    private void Refuse(Service service, bool lenient, TmfException error)
    {
        if (!lenient)
        {
            throw error;
        }

        service.Tell($"The change was refused: {error.Message}", clock.GetUtcNow());
    }

    // What the worker's reports say, no client does.
    private static void KeepOurs(Service before, Service after)
    {
        after.State = before.State;
        after.ServiceCharacteristic = before.ServiceCharacteristic;
        after.ServiceSpecification = before.ServiceSpecification;
        after.SupportingService = before.SupportingService;
        after.ServiceOrderItem = before.ServiceOrderItem;
        after.HasStarted = before.HasStarted;
        after.IsServiceEnabled = before.IsServiceEnabled;
        after.StartDate = before.StartDate;
        after.EndDate = before.EndDate;
    }

    // OpenSlice repeats a PATCH whenever it is in doubt, with the same note each time.
    private static bool SaysNothing(Service before, Service after)
    {
        var (old, added) = ((before.Note ?? []).Select(Said).ToHashSet(), (after.Note ?? []).Select(Said));
        return added.All(old.Contains) && JsonNode.DeepEquals(WithoutNotes(before), WithoutNotes(after));
    }

    private static JsonObject WithoutNotes(Service service)
    {
        var document = TmfJson.Write(service);
        document.Remove("note");
        document.Remove("href");
        return document;
    }

    private static (string?, string?) Said(Note note) => (note.Author, note.Text);

    private static string Name(ServiceStateType? state) => JsonNamingPolicy.CamelCase.ConvertName(state.ToString()!);
}
