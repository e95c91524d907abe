using NaaS.Ordering.Orders;
using NaaS.Tmf.Ordering;
using NaaS.Tmf.Shared;
using static NaaS.Tmf.Ordering.ServiceOrderStateType;

namespace NaaS.Ordering.Tests.Orders;

public sealed class OrderStatesTests
{
    [Theory]
    [InlineData(Rejected)]
    [InlineData(Completed)]
    [InlineData(Failed)]
    [InlineData(Partial)]
    [InlineData(Cancelled)]
    public void Nothing_follows_an_end_but_that_a_completed_item_is_undone(ServiceOrderStateType state)
    {
        state.IsFinal().ShouldBeTrue();
        foreach (var next in Enum.GetValues<ServiceOrderStateType>().Where(next => next != state && (state, next) != (Completed, PendingCancellation)))
        {
            Should.Throw<InvalidOperationException>(() => OrderStates.Steps(state, next)).Message.ShouldContain(state.ToString());
        }
    }

    [Fact]
    public void A_report_that_overtook_another_goes_by_way_of_inProgress() =>
        OrderStates.Steps(Acknowledged, Completed).ShouldBe([InProgress, Completed]);

    [Fact]
    public void What_has_begun_cannot_be_rejected() => Should.Throw<InvalidOperationException>(() => OrderStates.Steps(InProgress, Rejected));

    [Theory]
    [InlineData(new[] { Acknowledged }, Acknowledged)]
    [InlineData(new[] { Acknowledged, Pending }, Pending)]
    [InlineData(new[] { Pending, Held }, Held)]
    [InlineData(new[] { Held, InProgress, Completed }, InProgress)]
    [InlineData(new[] { Completed, Pending }, InProgress)]
    [InlineData(new[] { Completed, Acknowledged }, InProgress)]
    [InlineData(new[] { Completed, Completed }, Completed)]
    [InlineData(new[] { Failed, Failed }, Failed)]
    [InlineData(new[] { Completed, Failed }, Partial)]
    [InlineData(new[] { Completed, Cancelled }, Partial)]
    [InlineData(new[] { Failed, Cancelled }, Failed)]
    [InlineData(new[] { Cancelled, Cancelled }, Cancelled)]
    [InlineData(new[] { Rejected, Acknowledged }, Rejected)]
    [InlineData(new[] { InProgress, AssessingCancellation }, AssessingCancellation)]
    public void An_orders_state_comes_from_its_items(ServiceOrderStateType[] items, ServiceOrderStateType order) =>
        OrderState.Of(Order([.. items.Select((state, i) => Item($"{i}", state))])).ShouldBe(order);

    [Fact]
    public void Items_that_change_nothing_do_not_count_unless_there_are_no_others()
    {
        var unchanged = Item("1", Completed);
        unchanged.Action = OrderItemActionType.NoChange;
        OrderState.Of(Order(unchanged, Item("2", Failed))).ShouldBe(Failed);
        OrderState.Of(Order(unchanged)).ShouldBe(Completed);
    }

    [Fact]
    public void Nested_items_count_as_well()
    {
        var bundle = Item("1", Completed);
        bundle.Items = [Item("1.1", InProgress)];
        OrderState.Of(Order(bundle)).ShouldBe(InProgress);
    }

    private static ServiceOrder Order(params ServiceOrderItem[] items) => new() { ServiceOrderItem = [.. items] };

    private static ServiceOrderItem Item(string id, ServiceOrderStateType state) => new() { Id = id, Action = OrderItemActionType.Add, State = state.AsItem() };
}
