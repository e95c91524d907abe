using NaaS.Tmf.Ordering;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Timers;

namespace NaaS.Ordering.Orders;

/// <summary>The date that was promised has come: what is still open is in jeopardy, and gets a new date.</summary>
internal sealed class OrderPromise(ResourceStore store, Promise promise, TimeProvider clock) : ITimerHandler
{
    public const string Name = "serviceOrder.promise";

    public string Kind => Name;

    public async Task HandleAsync(string subject, CancellationToken cancellationToken)
    {
        // The date may have been moved since: then another timer waits for it.
        if (await store.FindForChangeAsync<ServiceOrder>(subject, cancellationToken) is not { } order
            || order.State?.IsFinal() != false || order.ExpectedCompletionDate > clock.GetUtcNow())
        {
            return;
        }

        var missed = order.ExpectedCompletionDate;
        promise.Make(order);
        foreach (var item in order.AllItems().Where(item => item.Counts() && !item.StateOf().IsFinal()))
        {
            ItemEvents.Late(order, item, $"Item {item.Id} was promised for {missed:u} and is {item.State}; it is now expected by {order.ExpectedCompletionDate:u}", clock.GetUtcNow());
        }

        store.Update(order);
        store.Raise(order, "ServiceOrderJeopardyEvent", order.JeopardyAlert?[^1].Message, "jeopardyAlert");
    }
}
