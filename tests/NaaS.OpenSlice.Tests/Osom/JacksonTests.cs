using NaaS.OpenSlice.Osom;

namespace NaaS.OpenSlice.Tests.Osom;

/// <summary>What breaks OpenSlice's reading breaks ours, and nothing else does.</summary>
public sealed class JacksonTests
{
    private const string Order = """{"id":"o","state":"COMPLETED","orderItem":[{"uuid":"i","state":"COMPLETED","service":{"supportingService":[{"id":"s"}]}}]""";
    private const string Service = """{"uuid":"s","state":"active","category":"CustomerFacingService","serviceSpecification":{"id":"x"}""";
    private const string Specification = """{"id":"x","@type":"CustomerFacingServiceSpecification" """;

    [Theory]
    [InlineData(""","orderDate":"2026-11-24T09:00Z"}""")]
    [InlineData(""","orderDate":"2026-11-24T08:59:41.595727695+02:00","expectedCompletionDate":null}""")]
    [InlineData(""","note":[{"text":"n","date":null}],"somethingNew":{"x":[true,1.5]},"serviceOrderItem":[{"orderDate":12}]}""")]
    public void An_order_is_read(string rest) => Jackson.Order(Order + rest)["id"]!.ToString().ShouldBe("o");

    [Theory]
    [InlineData(""","orderDate":"2026-11-24T09:00:00"}""", "orderDate")]
    [InlineData(""","orderDate":"2026-11-24T09:00:00+0200"}""", "orderDate")]
    [InlineData(""","orderDate":1732438800}""", "orderDate")]
    [InlineData(""","orderDate":""}""", "orderDate")]
    [InlineData(""","note":[{"text":"n","date":"yesterday"}]}""", "note.date")]
    [InlineData(""","note":{"text":"n"}}""", "note")]
    public void A_value_of_the_wrong_kind_loses_the_whole_order(string rest, string where) =>
        Should.Throw<JacksonException>(() => Jackson.Order(Order + rest)).Message.ShouldContain(where);

    [Theory]
    [InlineData("""{"id":"o","state":"completed","orderItem":[]}""", "state")]
    [InlineData("""{"id":"o","state":"COMPLETED"}""", "orderItem")]
    [InlineData("""{"id":"o","state":"COMPLETED","orderItem":[{"uuid":"i"}]}""", "orderItem.service")]
    [InlineData("""{"id":"o","state":"COMPLETED","orderItem":[{"uuid":"i","service":{"supportingService":null}}]}""", "supportingService")]
    [InlineData("""{"id":"o","state":"COMPLETED","orderItem":[{"id":"i","service":{"supportingService":[]}}]}""", "orderItem.uuid")]
    [InlineData("""[{"id":"o"}]""", "object")]
    public void What_the_order_checker_stumbles_over_is_refused(string body, string where) =>
        Should.Throw<JacksonException>(() => Jackson.Order(body)).Message.ShouldContain(where);

    [Theory]
    [InlineData("""{"value":"x","alias":""}""", true)]
    [InlineData("""{"value":true}""", true)]
    [InlineData("\"x\"", true)]
    [InlineData("7", true)]
    [InlineData("true", false)]
    [InlineData("1.5", false)]
    [InlineData("""["a"]""", false)]
    [InlineData("""{"value":{"a":1}}""", false)]
    [InlineData("null", false)]
    public void Values_of_services_are_read_as_tested_with_Jackson(string value, bool isRead)
    {
        var body = $$"""{{Service}},"serviceCharacteristic":[{"name":"n","value":{{value}}}]}""";
        if (isRead)
        {
            Jackson.Service(body).ShouldNotBeNull();
        }
        else
        {
            Should.Throw<JacksonException>(() => Jackson.Service(body));
        }
    }

    [Theory]
    [InlineData("""{"id":"s","state":"active","category":"c","serviceSpecification":{},"serviceCharacteristic":[]}""", "uuid")]
    [InlineData("""{"uuid":"s","state":"active","category":null,"serviceSpecification":{},"serviceCharacteristic":[]}""", "category")]
    [InlineData("""{"uuid":"s","state":"active","category":"c","serviceCharacteristic":[]}""", "serviceSpecification")]
    [InlineData("""{"uuid":"s","state":"Active","category":"c","serviceSpecification":{},"serviceCharacteristic":[]}""", "state")]
    [InlineData("""{"uuid":"s","state":"active","category":"c","serviceSpecification":{}}""", "serviceCharacteristic")]
    public void What_mirroring_stumbles_over_is_refused(string body, string where) =>
        Should.Throw<JacksonException>(() => Jackson.Service(body)).Message.ShouldContain(where);

    [Theory]
    [InlineData(""","validFor":{"startDateTime":"2026-01-01T00:00:00Z","endDateTime":null}}""", "validFor")]
    [InlineData(""","relatedParty":null}""", "relatedParty")]
    [InlineData(""","attachment":null}""", "attachment")]
    [InlineData(""","serviceSpecCharacteristic":[{"serviceSpecCharacteristicValue":[{"valueFrom":1.5}]}]}""", "valueFrom")]
    [InlineData(""","serviceSpecCharacteristic":[{"serviceSpecCharacteristicValue":[{"value":false}]}]}""", "value")]
    public void What_the_import_stumbles_over_is_refused(string rest, string where)
    {
        Jackson.Specification(Specification + ""","validFor":null,"relatedParty":[]}""").ShouldNotBeNull();
        Should.Throw<JacksonException>(() => Jackson.Specification(Specification + rest)).Message.ShouldContain(where);
    }

    [Theory]
    [InlineData("""{"id":"c","category":null,"serviceCandidate":[]}""")]
    [InlineData("""{"id":"c","category":[],"serviceCandidate":null}""")]
    [InlineData("""[{"id":"c","category":[],"serviceCandidate":[]}]""")]
    public void A_category_with_nulls_or_a_list_of_them_is_refused(string body)
    {
        Jackson.Category("""{"id":"c","category":[],"serviceCandidate":[{"id":"k"}]}""").ShouldNotBeNull();
        Should.Throw<JacksonException>(() => Jackson.Category(body));
    }
}
