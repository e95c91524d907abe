using NaaS.Helm.Json;
using NaaS.Helm.Yaml;

namespace NaaS.Helm.Tests.Yaml;

/// <summary>Answers are those of helm 4.1.4: <c>fromYaml | toJson</c>.</summary>
public sealed class YamlReaderTests
{
    [Theory]
    [InlineData("v: yes", """{"v":true}""")]
    [InlineData("n: Off", """{"false":false}""")]
    [InlineData("v: 0o17", """{"v":15}""")]
    [InlineData("v: 017", """{"v":15}""")]
    [InlineData("v: 08", """{"v":8}""")]
    [InlineData("v: 1_000", """{"v":1000}""")]
    [InlineData("v: 0b11", """{"v":3}""")]
    [InlineData("v: 12:30:45", """{"v":"12:30:45"}""")]
    [InlineData("v: 2024-01-01", """{"v":"2024-01-01"}""")]
    [InlineData("v: 9223372036854775808", """{"v":9223372036854776000}""")]
    [InlineData("v: !!str 1", """{"v":"1"}""")]
    [InlineData("v: !!binary aGk=", """{"v":"hi"}""")]
    [InlineData("0x10: a", """{"16":"a"}""")]
    [InlineData("1.5: a", """{"1.5":"a"}""")]
    [InlineData("a: 1\na: 2", """{"a":2}""")]
    [InlineData("a: &x {b: 1, c: 2}\nd: {<<: *x, c: 3}", """{"a":{"b":1,"c":2},"d":{"b":1,"c":3}}""")]
    [InlineData("a: &x {b: 1}\nc: &y {b: 2}\nd:\n  <<: [*x, *y]", """{"a":{"b":1},"c":{"b":2},"d":{"b":1}}""")]
    [InlineData("a: >-\n  x\n  y\n\n  z\nb: |+\n  t\n\n", "{\"a\":\"x y\\nz\",\"b\":\"t\\n\\n\"}")]
    [InlineData("a:\n- 1\n- - 2\n  - 3", """{"a":[1,[2,3]]}""")]
    [InlineData("{a: [1, {b: c}], d: }", """{"a":[1,{"b":"c"}],"d":null}""")]
    [InlineData("? a\n: b", """{"a":"b"}""")]
    [InlineData("\"a\\u00e9\\x41\": 'it''s'", """{"aéA":"it's"}""")]
    [InlineData("# only a comment", "{}")]
    [InlineData("a: 1\n---\nb: 2", """{"a":1}""")]
    public void A_document_is_read_as_helm_reads_it(string yaml, string json) =>
        Go.GoString.ToText(JsonWriter.Write(YamlReader.ReadMap(Go.GoString.FromText(yaml)))).ShouldBe(json);

    [Theory]
    [InlineData("a: b: c", "error converting YAML to JSON: yaml: mapping values are not allowed in this context")]
    [InlineData("a: 1\n\tb: 2", "error converting YAML to JSON: yaml: line 2: found a tab character that violates indentation")]
    [InlineData("a: {b", "error converting YAML to JSON: yaml: line 1: did not find expected ',' or '}'")]
    [InlineData("a: 1\nb", "error converting YAML to JSON: yaml: line 3: could not find expected ':'")]
    [InlineData("a: *x", "error converting YAML to JSON: yaml: unknown anchor 'x' referenced")]
    [InlineData("a: .inf", "error converting YAML to JSON: json: unsupported value: +Inf")]
    [InlineData("~: e", "error converting YAML to JSON: unsupported map key of type: %!s(<nil>), key: <nil>, value: \"e\"")]
    [InlineData("- 1", "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type map[string]interface {}")]
    [InlineData("a: \u0001", "error converting YAML to JSON: yaml: control characters are not allowed")]
    [InlineData("a: &x [*x]", "error converting YAML to JSON: yaml: anchor 'x' value contains itself")]
    public void What_helm_refuses_is_refused_in_its_words(string yaml, string error) =>
        Should.Throw<YamlException>(() => YamlReader.ReadMap(yaml)).Message.ShouldBe(error);

    [Fact]
    public void A_key_that_stands_twice_is_an_error_only_where_that_is_asked_for()
    {
        YamlReader.Read("a: 1\na: 2", strict: false).ShouldNotBeNull();
        Should.Throw<YamlException>(() => YamlReader.Read("a: 1\na: 2", strict: true)).Message.ShouldContain("key \"a\" already set in map");
    }

    [Fact]
    public void Aliases_that_multiply_are_broken_off()
    {
        var bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + string.Concat("bcdefghijk".Select((c, i) => $"{c}: &{c} [{string.Join(',', Enumerable.Repeat("*" + (char)(c - 1), 9))}]\n"));

        Should.Throw<YamlException>(() => YamlReader.Read(bomb)).Message.ShouldContain("excessive aliasing");
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("[{a: ")]
    public void Deep_nesting_is_refused(string open) =>
        Should.Throw<YamlException>(() => YamlReader.Read(string.Concat(Enumerable.Repeat(open, 200_000)))).Message.ShouldContain("depth");

    [Fact]
    public void Nesting_that_helm_charts_have_is_read_on_a_small_stack()
    {
        Exception? error = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    YamlWriter.Write(YamlReader.Read(new string('[', 150) + new string(']', 150)));
                }
                catch (YamlException e)
                {
                    error = e;
                }
            },
            maxStackSize: 512 * 1024);
        thread.Start();
        thread.Join();
        error.ShouldBeNull();
    }
}
