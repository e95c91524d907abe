using System.Text.Json.Nodes;
using NaaS.Tmf.Characteristics;

namespace NaaS.Tmf.OpenSlice;

/// <summary>TMF641 orders between our form (TMF v4.1) and OpenSlice's, which is older.</summary>
public static class OpenSliceOrders
{
    /// <summary>Reads an order as OpenSlice or any other client writes it. Nulls stay: what they mean is the caller's to say.</summary>
    public static JsonObject Read(JsonObject body)
    {
        var order = body.DeepClone().AsObject();
        OpenSliceInput.Tidy(order);
        order.Rename("orderItem", "serviceOrderItem");
        ReadState(order);
        foreach (var item in order.Objects("serviceOrderItem"))
        {
            ReadItem(item);
        }

        return order;
    }

    /// <summary>
    /// Writes an order so that OpenSlice can follow it. In each item the service stands for OpenSlice's own proxy: it has no id, and its
    /// <c>supportingService</c> lists our customer-facing service first, then its components.
    /// </summary>
    public static JsonObject Write(JsonObject order)
    {
        var written = order.DeepClone().AsObject();
        written["state"] = States.ForOpenSlice(written.Text("state"));
        written.Lists("note", "relatedParty", "orderRelationship", "serviceOrderItem");
        foreach (var item in written.Objects("serviceOrderItem"))
        {
            WriteItem(item);
        }

        OpenSliceOutput.Finish(written);
        written["orderItem"] = written["serviceOrderItem"]!.DeepClone();
        foreach (var item in written.Objects("orderItem"))
        {
            item.Rename("serviceOrderItemRelationship", "orderItemRelationship");
        }

        return written;
    }

    private static void ReadItem(JsonObject item)
    {
        item.Rename("orderItemRelationship", "serviceOrderItemRelationship");
        item.Rename("orderItem", "serviceOrderItem");
        foreach (var relationship in item.Objects("serviceOrderItemRelationship").Where(one => one["orderItem"] is null && one.Text("id").Length > 0))
        {
            // The older form names the other item by id right there.
            relationship["orderItem"] = new JsonObject { ["itemId"] = relationship.Text("id") };
        }

        ReadState(item);
        if (item["service"] is JsonObject service)
        {
            OpenSliceServices.ReadInner(service);
        }

        foreach (var nested in item.Objects("serviceOrderItem"))
        {
            ReadItem(nested);
        }
    }

    private static void ReadState(JsonObject node)
    {
        if (node["state"] is JsonValue)
        {
            node["state"] = States.OfOrder(node.Text("state"));
        }
    }

    private static void WriteItem(JsonObject item)
    {
        var ordered = item.Text("state");
        item["state"] = States.ForOpenSlice(ordered);
        item.Lists("serviceOrderItemRelationship");
        if (item["service"] is not JsonObject)
        {
            item["service"] = new JsonObject();
        }

        var service = item["service"]!.AsObject();
        OpenSliceServices.WriteInner(service);
        service["state"] = ServiceState(item.Text("action"), ordered, service.Text("state"));

        if (service.Remove("id", out var id) && ValueText.Of(id) is { Length: > 0 } text)
        {
            service["supportingService"]!.AsArray().Insert(0, Itself(service, text));
        }

        service.Remove("uuid");
        service.Remove("href");
    }

    // We store the state that was asked for; OpenSlice's proxy shows the one that is.
    private static string ServiceState(string action, string itemState, string asked) => (action, itemState, asked) switch
    {
        (_, _, "terminated") or ("add", "rejected" or "failed" or "cancelled", _) => "terminated",
        ("delete", "completed", _) => "terminated",
        (_, "completed", _) => "active",
        _ => "reserved",
    };

    private static JsonObject Itself(JsonObject service, string id) => new()
    {
        ["id"] = id,
        ["name"] = service.Text("name"),
        ["@referredType"] = "CustomerFacingService",
    };
}
