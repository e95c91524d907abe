using System.Text.Json.Nodes;
using NaaS.Tmf.OpenSlice;

namespace NaaS.Tmf.Tests.OpenSlice;

public sealed class OpenSliceReadTests
{
    [Fact]
    public void Check_14_An_order_is_read_with_nulls_short_dates_nine_digits_and_items_without_id()
    {
        var order = OpenSliceOrders.Read(Order("""
            {
              "requestedStartDate": "2026-11-24T09:00Z", "requestedCompletionDate": "2026-12-24T09:00:00.123456789Z", "priority": null,
              "note": [{"uuid": null, "@baseType": "BaseEntity", "date": "2026-11-24T08:59:41+02:00", "text": "hello"}],
              "orderItem": [{"uuid": null, "id": null, "action": "add", "state": "ACKNOWLEDGED", "orderItemRelationship": [], "service": {"state": "feasibilityChecked"}}]
            }
            """));
        order.ContainsKey("orderItem").ShouldBeFalse();
        order["requestedStartDate"]!.GetValue<string>().ShouldBe("2026-11-24T09:00:00Z");
        order["requestedCompletionDate"]!.GetValue<string>().ShouldBe("2026-12-24T09:00:00.1234567Z");
        order["note"]![0]!["date"]!.GetValue<string>().ShouldBe("2026-11-24T06:59:41Z");
        order["note"]![0]!.AsObject().ContainsKey("@baseType").ShouldBeFalse();
        order["serviceOrderItem"]![0]!["state"]!.GetValue<string>().ShouldBe("acknowledged");
        order["serviceOrderItem"]![0]!.AsObject().ContainsKey("serviceOrderItemRelationship").ShouldBeTrue();
    }

    [Fact]
    public void Check_15_Values_are_read_as_object_and_as_plain_text_and_an_alias_is_kept()
    {
        var service = OpenSliceServices.Read(Order("""
            {"state": "ACTIVE", "serviceCharacteristic": [
              {"name": "a", "value": {"value": "100", "alias": ""}}, {"name": "b", "value": "abc"}, {"name": "c", "value": {"value": "1", "alias": "one"}},
              {"name": "d", "value": {"value": null, "alias": null}}, {"name": "e", "value": 5}, {"name": "f", "value": {"other": 1}}]}
            """));
        service["state"]!.GetValue<string>().ShouldBe("active");
        var values = service["serviceCharacteristic"]!.AsArray().Select(one => one!["value"]?.ToJsonString()).ToList();
        values.ShouldBe(["\"100\"", "\"abc\"", "\"1\"", null, "5", "{\"other\":1}"]);
        service["serviceCharacteristic"]![2]!["alias"]!.GetValue<string>().ShouldBe("one");
    }

    [Theory]
    [InlineData("INPROGRESS", "inProgress")]
    [InlineData("INITIAL", "acknowledged")]
    [InlineData("Completed", "completed")]
    [InlineData("pendingcancellation", "pendingCancellation")]
    [InlineData("nonsense", "nonsense")]
    public void States_are_read_in_any_letter_case(string sent, string read) =>
        OpenSliceOrders.Read(new JsonObject { ["state"] = sent })["state"]!.GetValue<string>().ShouldBe(read);

    [Fact]
    public void The_standards_own_names_are_read_as_well()
    {
        var order = OpenSliceOrders.Read(Order("""{"serviceOrderItem": [{"id": "1", "state": null, "service": null}], "state": null}"""));
        order["serviceOrderItem"]![0]!["id"]!.GetValue<string>().ShouldBe("1");
    }

    [Fact]
    public void OpenSlices_specification_is_read_in_the_standards_names()
    {
        var specification = OpenSliceCatalogue.ReadSpecification(Order("""
            {"uuid": "s1", "serviceSpecCharacteristic": [{"name": "n", "serviceSpecCharacteristicValue": [{"isDefault": true, "value": {"value": "1", "alias": "one"}}]}]}
            """));
        specification["id"]!.GetValue<string>().ShouldBe("s1");
        var value = specification["specCharacteristic"]![0]!["characteristicValueSpecification"]![0]!;
        value["value"]!.GetValue<string>().ShouldBe("1");
        value["alias"]!.GetValue<string>().ShouldBe("one");
    }

    [Fact]
    public void The_order_that_OpenSlice_posts_is_read()
    {
        var order = OpenSliceOrders.Read(Shared.Json("openslice", "01-order-post-from-osom.json"));
        var characteristics = order["serviceOrderItem"]![0]!["service"]!["serviceCharacteristic"]!.AsArray();
        characteristics.Select(one => one!["value"]!.GetValue<string>()).ShouldBe(["PAT-01", "100", "abc"]);
    }

    private static JsonObject Order(string json) => JsonNode.Parse(json)!.AsObject();
}
