using NaaS.Ordering.Orders;
using NaaS.Tmf.Ordering;

namespace NaaS.Ordering.Tests.Orders;

public sealed class DependenciesTests
{
    [Fact]
    public void Items_of_the_order_can_depend_on_each_other() => Dependencies.Complaints(Order(("web", ["db"]), ("db", []), ("all", ["web", "db"]))).ShouldBeEmpty();

    [Fact]
    public void An_item_that_is_not_there_is_named() =>
        Dependencies.Complaints(Order(("web", ["db"]))).ShouldBe(["item 'web' depends on item 'db', which is not in the order"]);

    [Fact]
    public void A_circle_is_found() => Dependencies.Complaints(Order(("a", ["b"]), ("b", ["c"]), ("c", ["a"]))).ShouldHaveSingleItem().ShouldContain("itself");

    [Fact]
    public void An_item_that_waits_for_itself_is_found() => Dependencies.Complaints(Order(("a", ["a"]))).ShouldHaveSingleItem();

    [Fact]
    public void A_dependency_on_an_item_of_another_order_is_not_one_within_this_order()
    {
        var order = Order(("web", ["db"]));
        order.ServiceOrderItem![0].ServiceOrderItemRelationship![0].OrderItem!.ServiceOrderId = "other";
        Dependencies.Complaints(order).ShouldBeEmpty();
    }

    [Fact]
    public void A_dependency_is_met_by_completion_and_broken_by_failure()
    {
        var order = Order(("web", ["db"]), ("db", []));
        var (web, db) = (order.ItemOf("web")!, order.ItemOf("db")!);
        Dependencies.AreMet(order, web).ShouldBeFalse();
        Dependencies.Broken(order, web).ShouldBeNull();
        db.State = ServiceOrderItemStateType.Completed;
        Dependencies.AreMet(order, web).ShouldBeTrue();
        db.State = ServiceOrderItemStateType.Failed;
        Dependencies.Broken(order, web).ShouldBe(db);
    }

    private static ServiceOrder Order(params (string Id, string[] After)[] items) => new()
    {
        Id = "order",
        ServiceOrderItem = [.. items.Select(item => new ServiceOrderItem
        {
            Id = item.Id,
            ServiceOrderItemRelationship = [.. item.After.Select(other => new ServiceOrderItemRelationship { OrderItem = new() { ItemId = other } })],
        })],
    };
}
