using NaaS.Helm.Releases;
using NaaS.Helm.Tests.Charts;
using NaaS.Helm.Values;

namespace NaaS.Helm.Tests.Schema;

/// <summary>Texts are those of helm 4.1.4.</summary>
public sealed class ChartSchemaTests
{
    [Theory]
    [InlineData("""{"required":["a"]}""", "", "- at '': missing property 'a'")]
    [InlineData("""{"properties":{"a":{"type":"string"}}}""", "a: 5", "- at '/a': got number, want string")]
    [InlineData("""{"properties":{"a":{"type":["string","null"]}}}""", "a: 5", "- at '/a': got number, want null or string")]
    [InlineData("""{"properties":{"a":{"minimum":1000}}}""", "a: 5", "- at '/a': minimum: got 5, want 1,000")]
    [InlineData("""{"properties":{"a":{"maximum":5}}}""", "a: 9007199254740993", "- at '/a': maximum: got 9.007199254740992×10¹⁵, want 5")]
    [InlineData("""{"properties":{"a":{"multipleOf":0.1}}}""", "a: 0.35", "- at '/a': multipleOf: got 0.35, want 0.1")]
    [InlineData("""{"properties":{"a":{"enum":["x","y"]}}}""", "a: z", "- at '/a': value must be one of 'x', 'y'")]
    [InlineData("""{"properties":{"a":{"pattern":"^[a-z]+$","maxLength":3}}}""", "a: ABCD", "- at '/a': validation failed\n  - at '/a': maxLength: got 4, want 3\n  - at '/a': 'ABCD' does not match pattern '^[a-z]+$'", true)]
    [InlineData("""{"properties":{"a":{"oneOf":[{"type":"string"},{"type":"integer"}]}}}""", "a: true", "- at '/a': 'oneOf' failed, none matched\n  - at '/a': got boolean, want string\n  - at '/a': got boolean, want integer")]
    [InlineData("""{"additionalProperties":false,"properties":{"a":true}}""", "b: 1", "- at '': additional properties 'b' not allowed")]
    [InlineData("""{"$defs":{"t":{"type":"object","properties":{"b":{"type":"string"}}}},"properties":{"a":{"$ref":"#/$defs/t"}}}""", "a: {b: 1}", "- at '/a/b': got number, want string")]
    [InlineData("""{"$schema":"http://json-schema.org/draft-07/schema#","properties":{"a":{"format":"ipv4"}}}""", "a: x", "- at '/a': 'x' is not valid ipv4: expected four decimals")]
    [InlineData("""{"$schema":"http://json-schema.org/draft-04/schema#","properties":{"a":{"minimum":5,"exclusiveMinimum":true}}}""", "a: 5", "- at '/a': exclusiveMinimum: got 5, want 5")]
    [InlineData("""{"$schema":"https://json-schema.org/draft/2020-12/schema","properties":{"a":{"prefixItems":[{"type":"integer"}],"items":{"type":"string"}}}}""", "a: [x, 1]", "- at '/a': validation failed\n  - at '/a/0': got string, want integer\n  - at '/a/1': got number, want string", true)]
    [InlineData("""{"$schema":"https://json-schema.org/draft/2019-09/schema","properties":{"a":{"properties":{"b":true},"unevaluatedProperties":false}}}""", "a: {b: 1, c: 2}", "- at '/a/c': false schema")]
    public void Values_that_the_schema_does_not_allow_are_refused_in_helms_words(string schema, string values, string error, bool group = false)
    {
        // Several errors of one top-level schema stand without their group.
        var expected = group ? string.Join('\n', error.Split('\n').Skip(1).Select(line => line[2..])) : error;

        Refusal(schema, values).ShouldBe($"values don't meet the specifications of the schema(s) in the following chart(s):\nweb:\n{expected}\n");
    }

    [Theory]
    [InlineData("""{"$schema":"https://json-schema.org/draft/2020-12/schema","properties":{"a":{"format":"ipv4"}}}""", "a: x")]
    [InlineData("""{"properties":{"a":{"type":"integer"}}}""", "a: 5.0")]
    [InlineData("""{"$ref":"urn:example:unknown"}""", "a: 1")]
    [InlineData("""{"properties":{"a":{"$ref":"#"}}}""", "a: {a: {}}")]
    public void Values_that_helm_accepts_are_accepted(string schema, string values) =>
        Should.NotThrow(() => Prepare(schema, values, new ReleaseRequest { Name = "rel" }));

    [Fact]
    public void A_schema_that_is_none_is_told()
    {
        Refusal("""{"properties":""", "").ShouldEndWith("web:\nunexpected EOF");
        Refusal("""{"type":"nope"}""", "").ShouldContain("\"file:///values.schema.json#\" is not valid against metaschema: jsonschema validation failed with 'https://json-schema.org/draft/2020-12/schema#'");
        Refusal("""{"properties":{"a":{"$ref":"#/definitions/gone"}}}""", "").ShouldEndWith("json-pointer in \"file:///values.schema.json#/definitions/gone\" not found");
    }

    [Theory]
    [InlineData("""{"$ref":"https://example.org/schema.json"}""")]
    [InlineData("""{"$schema":"https://example.org/schema.json"}""")]
    [InlineData("""{"$ref":"file:///etc/passwd"}""")]
    [InlineData("""{"$ref":"other.json"}""")]
    public void A_schema_from_elsewhere_is_not_fetched(string schema) => Refusal(schema, "").ShouldContain("schemas from elsewhere are not allowed");

    [Fact]
    public void A_schema_from_elsewhere_is_loaded_where_the_caller_provides_for_it()
    {
        var request = new ReleaseRequest { Name = "rel", SchemaLoader = url => url.AbsolutePath == "/s.json" ? """{"required":["a"]}""" : throw new HelmException("no") };

        Should.Throw<HelmException>(() => Prepare("""{"$ref":"https://example.org/s.json"}""", "", request)).Message.ShouldContain("missing property 'a'");
        Should.NotThrow(() => Prepare("""{"$ref":"https://example.org/s.json"}""", "a: 1", request));
    }

    [Fact]
    public void A_schema_that_doubles_the_work_at_every_step_is_broken_off()
    {
        var schema = "{\"$defs\":{\"s40\":{}," + string.Join(',', Enumerable.Range(0, 40).Select(i => $"\"s{i}\":{{\"allOf\":[{{\"$ref\":\"#/$defs/s{i + 1}\"}},{{\"$ref\":\"#/$defs/s{i + 1}\"}}]}}")) + "},\"$ref\":\"#/$defs/s0\"}";

        Refusal(schema, "a: 1").ShouldContain("takes more than");
    }

    [Fact]
    public void A_schema_of_endless_depth_is_broken_off()
    {
        var chain = "{\"$defs\":{\"s60000\":{}," + string.Join(',', Enumerable.Range(0, 60000).Select(i => $"\"s{i}\":{{\"$ref\":\"#/$defs/s{i + 1}\"}}")) + "},\"$ref\":\"#/$defs/s0\"}";

        Refusal(chain, "a: 1").ShouldContain("nested too deeply");
    }

    [Fact]
    public void The_check_can_be_left_out() =>
        Should.NotThrow(() => Prepare("""{"required":["a"]}""", "", new ReleaseRequest { Name = "rel", SkipSchemaValidation = true }));

    private static string Refusal(string schema, string values) =>
        Should.Throw<HelmException>(() => Prepare(schema, values, new ReleaseRequest { Name = "rel" })).Message;

    private static void Prepare(string schema, string values, ReleaseRequest request) =>
        ChartValues.Prepare(TestCharts.Read("values.yaml", values, "values.schema.json", schema), request);
}
