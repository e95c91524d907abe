using System.Globalization;
using System.Text.Json.Nodes;
using NaaS.Tmf.OpenSlice;

namespace NaaS.Tmf.Tests.OpenSlice;

public sealed class OpenSliceWriteTests
{
    [Fact]
    public void Check_17_and_18_An_order_has_both_names_of_its_items_uuid_beside_id_and_every_list()
    {
        var order = OpenSliceOrders.Write(Order());
        foreach (var name in (string[])["orderItem", "serviceOrderItem"])
        {
            var item = order[name]![0]!.AsObject();
            item["uuid"]!.GetValue<string>().ShouldBe("1");
            item["state"]!.GetValue<string>().ShouldBe("INPROGRESS");
            item["service"]!["supportingService"]!.AsArray().Select(one => one!["id"]!.GetValue<string>()).ShouldBe(["cfs", "web", "db"]);
            item["service"]!["supportingService"]![0]!["uuid"]!.GetValue<string>().ShouldBe("cfs");
            item["service"]!.AsObject().ContainsKey("id").ShouldBeFalse();
            item["service"]!.AsObject().ContainsKey("uuid").ShouldBeFalse();
        }

        order["uuid"]!.GetValue<string>().ShouldBe("order");
        order["orderItem"]![0]!["orderItemRelationship"]!.AsArray().ShouldBeEmpty();
        order["relatedParty"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public void Check_18_A_rejected_item_that_has_no_service_still_has_one_with_lists()
    {
        var order = OpenSliceOrders.Write(Json("""{"id":"o","state":"rejected","serviceOrderItem":[{"id":"1","action":"add","state":"rejected"}]}"""));
        order["orderItem"]![0]!["service"]!["supportingService"]!.AsArray().ShouldBeEmpty();
        order["orderItem"]![0]!["service"]!["serviceCharacteristic"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("acknowledged", "ACKNOWLEDGED")]
    [InlineData("rejected", "REJECTED")]
    [InlineData("pending", "PENDING")]
    [InlineData("held", "PENDING")]
    [InlineData("inProgress", "INPROGRESS")]
    [InlineData("cancelled", "CANCELLED")]
    [InlineData("completed", "COMPLETED")]
    [InlineData("failed", "FAILED")]
    [InlineData("partial", "PARTIAL")]
    [InlineData("assessingCancellation", "INPROGRESS")]
    [InlineData("pendingCancellation", "INPROGRESS")]
    public void Check_19_Every_state_has_a_name_that_OpenSlice_knows(string state, string written) =>
        OpenSliceOrders.Write(new JsonObject { ["id"] = "o", ["state"] = state })["state"]!.GetValue<string>().ShouldBe(written);

    [Theory]
    [InlineData("acknowledged", "feasibilityChecked", "reserved")]
    [InlineData("inProgress", "active", "reserved")]
    [InlineData("completed", "feasibilityChecked", "active")]
    [InlineData("completed", "terminated", "terminated")]
    [InlineData("failed", "feasibilityChecked", "terminated")]
    public void An_items_service_shows_how_it_stands(string item, string asked, string shown)
    {
        var order = Json($$$"""{"id":"o","state":"inProgress","serviceOrderItem":[{"id":"1","action":"add","state":"{{{item}}}","service":{"id":"s","state":"{{{asked}}}"}}]}""");
        OpenSliceOrders.Write(order)["orderItem"]![0]!["service"]!["state"]!.GetValue<string>().ShouldBe(shown);
    }

    [Fact]
    public void Check_23_A_service_has_category_specification_and_a_value_in_each_characteristic()
    {
        var service = OpenSliceServices.Write(Json("""
            {"id":"s","name":"web","state":"active","@type":"Service","category":"CFS","serviceSpecification":{"id":"x","name":"y"},
             "serviceCharacteristic":[{"name":"a","valueType":"integer","value":2},{"name":"b","valueType":"string"},{"name":"c","value":"t","alias":"T"},{"name":"d","valueType":"object","value":{"k":[1]}}]}
            """));
        service["uuid"]!.GetValue<string>().ShouldBe("s");
        service["category"]!.GetValue<string>().ShouldBe("CustomerFacingService");
        service["@type"]!.GetValue<string>().ShouldBe("CustomerFacingService");
        service["serviceCharacteristic"]!.AsArray().Select(one => one!["value"]!.ToJsonString()).ShouldBe(
            ["""{"value":"2","alias":""}""", """{"value":"","alias":""}""", """{"value":"t","alias":"T"}""", """{"value":"{\u0022k\u0022:[1]}","alias":""}"""]);
        service["serviceCharacteristic"]!.AsArray().Select(one => one!["valueType"]!.GetValue<string>()).ShouldBe(["INTEGER", "TEXT", "TEXT", "OBJECT"]);
    }

    [Fact]
    public void A_component_stays_a_resource_facing_service() =>
        OpenSliceServices.Write(Json("""{"id":"s","state":"active","category":"ResourceFacingService"}"""))["@type"]!.GetValue<string>().ShouldBe("ResourceFacingService");

    [Fact]
    public void A_service_that_is_inactive_for_a_while_shows_as_reserved_since_OpenSlice_would_never_look_again() =>
        OpenSliceServices.Write(Json("""{"id":"s","state":"inactive"}"""))["state"]!.GetValue<string>().ShouldBe("reserved");

    [Fact]
    public void Check_05_and_06_A_category_and_a_candidate_have_their_lists()
    {
        OpenSliceCatalogue.WriteCategory(Json("""{"id":"c","name":"NaaS","parentId":null}""")).ShouldSatisfyAllConditions(
            category => category["category"]!.AsArray().ShouldBeEmpty(),
            category => category["serviceCandidate"]!.AsArray().ShouldBeEmpty(),
            category => category.ContainsKey("parentId").ShouldBeFalse());
        OpenSliceCatalogue.WriteCandidate(Json("""{"id":"c","serviceSpecification":{"id":"s"}}"""))["serviceSpecification"]!["uuid"]!.GetValue<string>().ShouldBe("s");
    }

    [Fact]
    public void Check_09_10_and_11_A_specification_can_be_imported()
    {
        var written = OpenSliceCatalogue.WriteSpecification(Json("""
            {"id":"s","name":"web","version":"1","@type":"ServiceSpecification","relatedParty":null,"validFor":{"startDateTime":"2026-01-01T00:00:00Z","endDateTime":null},
             "specCharacteristic":[{"name":"n","valueType":"integer","validFor":null,"characteristicValueSpecification":[{"isDefault":true,"value":1,"valueFrom":0.5,"valueTo":10}]}]}
            """));
        written["@type"]!.GetValue<string>().ShouldBe("CustomerFacingServiceSpecification");
        written["relatedParty"]!.AsArray().ShouldBeEmpty();
        written["attachment"]!.AsArray().ShouldBeEmpty();
        written.ContainsKey("validFor").ShouldBeFalse();
        written["specCharacteristic"]![0]!["characteristicValueSpecification"]![0]!["value"]!.GetValue<int>().ShouldBe(1);
        var value = written["serviceSpecCharacteristic"]![0]!["serviceSpecCharacteristicValue"]![0]!.AsObject();
        value["value"]!.ToJsonString().ShouldBe("""{"value":"1","alias":""}""");
        value["valueTo"]!.GetValue<long>().ShouldBe(10);
        value.ContainsKey("valueFrom").ShouldBeFalse();
    }

    [Fact]
    public void Check_10_and_12_Nothing_that_breaks_OpenSlices_parser_is_written()
    {
        var written = new[]
        {
            OpenSliceCatalogue.WriteSpecification(Shared.Json("tmf", "examples", "spec-02-all-characteristics.response-200.json")),
            OpenSliceOrders.Write(Shared.Json("tmf", "examples", "order-15-held-jeopardy.response-200.json")),
            OpenSliceServices.Write(Shared.Json("tmf", "examples", "service-03-terminated.response-200.json")),
        };
        foreach (var resource in written)
        {
            Walk(resource);
        }
    }

    [Fact]
    public void What_OpenSlice_read_it_can_send_back()
    {
        var order = OpenSliceOrders.Write(Order());
        var read = OpenSliceOrders.Read(order);
        read["state"]!.GetValue<string>().ShouldBe("inProgress");
        read.ContainsKey("orderItem").ShouldBeFalse();
        read["serviceOrderItem"]![0]!["service"]!["serviceCharacteristic"]![0]!["value"]!.GetValue<string>().ShouldBe("2");
    }

    private static void Walk(JsonNode? node, string name = "")
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (key, value) in members)
                {
                    value.ShouldNotBeNull($"{key} is null");
                    Walk(value, key);
                }

                break;
            case JsonArray elements:
                foreach (var element in elements)
                {
                    Walk(element, name);
                }

                break;
            case JsonValue scalar when name.EndsWith("Date", StringComparison.Ordinal) || name.EndsWith("DateTime", StringComparison.Ordinal) || name == "date":
                DateTimeOffset.TryParse(scalar.GetValue<string>(), CultureInfo.InvariantCulture, out _).ShouldBeTrue(name);
                scalar.GetValue<string>().ShouldMatch(@"(Z|[+-]\d\d:\d\d)$");
                break;
        }
    }

    private static JsonObject Order() => Json("""
        {"id":"order","state":"inProgress","serviceOrderItem":[{"id":"1","action":"add","state":"inProgress","service":{
          "id":"cfs","href":"http://x/cfs","name":"web","state":"reserved","serviceSpecification":{"id":"spec","name":"Web"},
          "serviceCharacteristic":[{"name":"n","valueType":"INTEGER","value":2}],
          "supportingService":[{"id":"web","name":"Deployment web"},{"id":"db","name":"StatefulSet db"}]}}]}
        """);

    private static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();
}
