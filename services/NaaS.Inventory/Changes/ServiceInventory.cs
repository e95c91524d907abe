using System.Diagnostics;
using NaaS.Contracts;
using NaaS.Inventory.Services;
using NaaS.Inventory.Wishes;
using NaaS.Messaging.Outbox;
using NaaS.Tmf.Characteristics;
using NaaS.Tmf.Inventory;
using NaaS.Tmf.Shared;
using NaaS.TmfRest.Ports;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Rules;

namespace NaaS.Inventory.Changes;

/// <summary>The one road for every change of a service: what is wanted is recorded, and the command that asks the worker for it is written with it.</summary>
internal sealed class ServiceInventory(
    ResourceStore store, KnownSpecifications specifications, RuleEngine engine, UniqueValues unique, TimeProvider clock) : IServiceInventory
{
    public Task<Service> ReserveAsync(ServiceReservation reservation, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var service = NewService.Of(reservation, now);
        var wish = new ServiceWish
        {
            Id = service.Id,
            ServiceName = service.Name!,
            Wanted = [.. reservation.Accepted.Select(WishedCharacteristic.Of)],
            Inactive = reservation.Ordered.State == ServiceStateType.Inactive,
        };
        service.Show(wish.Wanted, reservation.Ordered.ServiceCharacteristic);
        store.Insert(service);
        store.Insert(wish);
        return Task.FromResult(service);
    }

    public async Task<Service> ReviseAsync(string id, ServiceReservation reservation, CancellationToken cancellationToken)
    {
        var before = await store.GetForChangeAsync<Service>(id, cancellationToken);
        var wish = await store.GetForChangeAsync<ServiceWish>(id, cancellationToken);
        var service = NewService.Of(reservation, clock.GetUtcNow(), id);
        service.ServiceDate = before.ServiceDate;
        wish.ServiceName = service.Name!;
        wish.Wanted = [.. reservation.Accepted.Select(WishedCharacteristic.Of)];
        wish.Inactive = reservation.Ordered.State == ServiceStateType.Inactive;
        service.Show(wish.Wanted, reservation.Ordered.ServiceCharacteristic);
        store.Update(service);
        store.Update(wish);
        return service;
    }

    public async Task<List<Characteristic>> RestoreAsync(string id, IReadOnlyList<Characteristic> sent, CancellationToken cancellationToken)
    {
        var wish = await store.FindAsync<ServiceWish>(id, cancellationToken);
        return [.. sent.Select(one => ValueText.Of(ValueText.Unwrap(one.Value)) == ValueText.Masked && wish?.Wanted.Find(stored => stored.Name == one.Name && stored.IsSecret) is { } secret
            ? new Characteristic { Id = one.Id, Name = one.Name, ValueType = one.ValueType, Value = secret.Value?.DeepClone() }
            : one)];
    }

    public async Task<long> StartAsync(string id, Cause cause, CancellationToken cancellationToken)
    {
        var wish = await store.GetForChangeAsync<ServiceWish>(id, cancellationToken);
        Start(wish, cause);
        return wish.Sequence;
    }

    public Task<Service?> FindAsync(string id, CancellationToken cancellationToken) => store.FindAsync<Service>(id, cancellationToken);

    public async Task<ChangeAnswer> CheckAsync(string id, IReadOnlyList<Characteristic> changes, bool lenient, CancellationToken cancellationToken)
    {
        var service = await store.FindAsync<Service>(id, cancellationToken);
        var wish = await store.FindAsync<ServiceWish>(id, cancellationToken);
        return WhyNot(id, service, wish) is { } refusal
            ? new(refusal, [], [], Changed: false)
            : (await DecideAsync(service!, wish!, WantedChange.Merged(wish!, changes), lenient, cancellationToken)).Answer;
    }

    public async Task<WishedService> WishAsync(string id, IReadOnlyList<Characteristic> changes, bool lenient, CancellationToken cancellationToken)
    {
        var service = await store.FindAsync<Service>(id, cancellationToken);
        var wish = await store.FindAsync<ServiceWish>(id, cancellationToken);
        if (WhyNot(id, service, wish) is { } refusal)
        {
            return new(new(refusal, [], [], Changed: false), "", [], []);
        }

        var change = await DecideAsync(service!, wish!, WantedChange.Merged(wish!, changes), lenient, cancellationToken);
        var wanted = change.Wanted ?? wish!.Wanted;
        return new(change.Answer, wish!.ServiceName, [.. wanted.Select(one => one.ForWorker())], [.. wanted.Where(one => one.IsSecret).Select(one => one.Name)]);
    }

    public async Task<ChangeAnswer> ChangeAsync(
        string id, IReadOnlyList<Characteristic> changes, bool? active, Cause cause, bool lenient, CancellationToken cancellationToken)
    {
        var service = await store.FindForChangeAsync<Service>(id, cancellationToken);
        var wish = await store.FindForChangeAsync<ServiceWish>(id, cancellationToken);
        if (WhyNot(id, service, wish) is { } refusal)
        {
            return new(refusal, [], [], Changed: false);
        }

        var (before, sequence) = (wish!.Inactive, wish.Sequence);
        wish.Inactive = active is { } isActive ? !isActive : before;
        var answer = await ChangeAsync(service!, wish, WantedChange.Merged(wish, changes), changes, cause, lenient, cancellationToken);
        if (!answer.IsAccepted)
        {
            wish.Inactive = before;
        }
        else if (wish.Inactive != before && wish.Sequence == sequence)
        {
            Start(wish, cause);
            answer = answer with { Changed = true };
        }

        answer = answer.Changed ? answer with { Sequence = wish.Sequence } : answer;

        Touched(service!, cause, OrderItemActionType.Modify);
        store.Update(service!);
        return answer;
    }

    public async Task<string?> WhyNotWithdrawAsync(string id, long sequence, CancellationToken cancellationToken)
    {
        var service = await store.FindAsync<Service>(id, cancellationToken);
        var wish = await store.FindAsync<ServiceWish>(id, cancellationToken);
        return WhyNot(id, service, wish) ?? (wish!.Sequence == sequence ? null : $"Service {id} has been changed again since");
    }

    public async Task<long> WithdrawAsync(string id, long sequence, Cause cause, CancellationToken cancellationToken)
    {
        var wish = await store.GetForChangeAsync<ServiceWish>(id, cancellationToken);
        Send(wish, cause, sequence);
        store.Update(wish);
        return wish.Sequence;
    }

    public async Task<bool> TerminateAsync(string id, Cause cause, CancellationToken cancellationToken)
    {
        var service = await store.GetForChangeAsync<Service>(id, cancellationToken);
        var wish = await store.GetForChangeAsync<ServiceWish>(id, cancellationToken);
        Touched(service, cause, OrderItemActionType.Delete);
        var asked = End(service, wish, cause);
        store.Update(service);
        return asked;
    }

    public async Task ForgetEndAsync(string id, CancellationToken cancellationToken)
    {
        if (await store.FindForChangeAsync<Service>(id, cancellationToken) is { State: not ServiceStateType.Terminated } service)
        {
            service.EndDate = null;
            store.Update(service);
        }
    }

    public async Task NoteAsync(string id, string text, CancellationToken cancellationToken)
    {
        var service = await store.GetForChangeAsync<Service>(id, cancellationToken);
        service.Tell(text, clock.GetUtcNow());
        store.Update(service);
    }

    /// <summary>Changes a service that was read for change, to a full list of characteristics; the caller updates it.</summary>
    /// <param name="service">The service.</param>
    /// <param name="wish">What is wanted of it.</param>
    /// <param name="wanted">All that is wanted now.</param>
    /// <param name="sent">What the client sent, for what it says beside values.</param>
    /// <param name="cause">What asks for it.</param>
    /// <param name="lenient">Whether what cannot be set is ignored.</param>
    /// <param name="cancellationToken">Cancels.</param>
    internal async Task<ChangeAnswer> ChangeAsync(
        Service service,
        ServiceWish wish,
        IReadOnlyList<WantedCharacteristic> wanted,
        IReadOnlyList<Characteristic> sent,
        Cause cause,
        bool lenient,
        CancellationToken cancellationToken)
    {
        var change = await DecideAsync(service, wish, wanted, lenient, cancellationToken);
        if (change.Wanted is not null)
        {
            wish.Wanted = [.. change.Wanted];
            service.Show(wish.Wanted, sent);
            Send(wish, cause);
            store.Update(wish);
        }

        return change.Answer;
    }

    /// <summary>Asks the worker for a service as it is wanted.</summary>
    internal void Start(ServiceWish wish, Cause cause)
    {
        Send(wish, cause);
        store.Update(wish);
    }

    /// <summary>Ends a service that was read for change; the caller updates it.</summary>
    /// <returns>Whether the worker was asked; otherwise it has ended.</returns>
    internal bool End(Service service, ServiceWish wish, Cause cause)
    {
        if (wish.Ending)
        {
            return service.State != ServiceStateType.Terminated;
        }

        wish.Ending = true;
        if (wish.Sequence == 0)
        {
            service.State = ServiceStateType.Terminated;
            service.EndDate = clock.GetUtcNow();
        }
        else
        {
            Send(wish, cause);
        }

        store.Update(wish);
        return wish.Sequence > 0;
    }

    /// <summary>Why the service cannot be changed, or null.</summary>
    internal static string? WhyNot(string id, Service? service, ServiceWish? wish)
    {
        if (service is null)
        {
            return $"There is no service {id}";
        }

        if (service.State == ServiceStateType.Terminated || wish?.Ending == true)
        {
            return $"Service {id} has ended or is ending";
        }

        // Until that is done, nobody knows here what a further change would build on.
        if (wish is { Withdraws: not null, Settled: false })
        {
            return $"A cancelled change of service {id} is being put back; try again when that is done";
        }

        return wish is null ? $"Service {id} was only recorded here and is not run by NaaS" : null;
    }

    private async Task<WantedChange> DecideAsync(
        Service service, ServiceWish wish, IReadOnlyList<WantedCharacteristic> wanted, bool lenient, CancellationToken cancellationToken)
    {
        var specificationId = service.ServiceSpecification?.Id ?? "";
        if (await specifications.FindAsync(store, specificationId, cancellationToken) is not { Rules: var rules })
        {
            return new(new($"Service specification {specificationId} is not in the catalogue any more", [], [], Changed: false), null);
        }

        List<WantedCharacteristic> running = [.. wish.Wanted.Select(one => new WantedCharacteristic(one.Name, one.Value))];
        var change = WantedChange.Decide(wish, wanted, all => engine.Check(rules, all, running, lenient));
        if (change.Wanted is null)
        {
            return change;
        }

        var accepted = change.Wanted.Select(one => new AcceptedCharacteristic(one.Name, one.ValueType, one.Value, one.IsDefault, one.IsSecret)).ToList();
        var taken = await unique.ComplaintsAsync(rules, specificationId, accepted, service.Id, cancellationToken);
        return taken.Count == 0 ? change : new(new(null, taken, change.Answer.Ignored, Changed: false), null);
    }

    private void Send(ServiceWish wish, Cause cause, long? withdraws = null)
    {
        wish.Sequence++;
        wish.Withdraws = withdraws;
        wish.Settled = false;
        wish.LastCause = cause with { Trace = Activity.Current?.Id };
        store.Db.Enqueue(Commands.Of(wish));
    }

    private static void Touched(Service service, Cause cause, OrderItemActionType action)
    {
        if (cause.Kind == CauseKind.Order)
        {
            (service.ServiceOrderItem ??= []).Add(NewService.OrderItem(cause, action));
        }
    }
}
