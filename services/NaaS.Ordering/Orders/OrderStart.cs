using NaaS.Ordering.Plans;
using NaaS.Tmf.Ordering;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Timers;

namespace NaaS.Ordering.Orders;

/// <summary>An order's requestedStartDate has come.</summary>
internal sealed class OrderStart(ResourceStore store, ItemStarter starter) : ITimerHandler
{
    public const string Name = "serviceOrder.start";

    public string Kind => Name;

    public async Task HandleAsync(string subject, CancellationToken cancellationToken)
    {
        if (await store.FindForChangeAsync<ServiceOrder>(subject, cancellationToken) is { } order)
        {
            var plan = await store.GetForChangeAsync<OrderPlan>(subject, cancellationToken);
            await starter.ProceedAsync(order, plan, cancellationToken);
            store.Update(order);
            store.Update(plan);
        }
    }
}
