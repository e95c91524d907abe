using NaaS.Contracts;
using NaaS.Fulfilment.Translate;

namespace NaaS.Fulfilment.Tests.Translate;

public class KnobsTests
{
    private static IReadOnlyList<Knob> Read(string path, string type, string value) =>
        Knobs.Of([new ServiceCharacteristic("values." + path, type, value, false)], "values.");

    [Theory]
    [InlineData("INTEGER", "2", "2")]
    [InlineData("INTEGER", " +007 ", "7")]
    [InlineData("LONGINT", "-9223372036854775808", "-9223372036854775808")]
    [InlineData("FLOAT", ".5", "0.5")]
    [InlineData("BOOLEAN", "True", "true")]
    [InlineData("TEXT", "007", "007")]
    [InlineData("ENUM", "true", "true")]
    [InlineData("ARRAY", """["a", 1]""", """["a", 1]""")]
    public void A_value_is_brought_into_its_types_form(string type, string value, string expected) =>
        Read("a.b", type, value).ShouldBe([new("a.b", type, expected, false)]);

    [Theory]
    [InlineData("INTEGER", "two", "a whole number")]
    [InlineData("INTEGER", "1.5", "a whole number")]
    [InlineData("INTEGER", "9223372036854775808", "a whole number")]
    [InlineData("FLOAT", "NaN", "a number")]
    [InlineData("BOOLEAN", "yes", "true or false")]
    [InlineData("OBJECT", "{a", "JSON")]
    public void A_value_of_another_type_is_refused(string type, string value, string wanted)
    {
        var refused = Should.Throw<IntentException>(() => Read("a", type, value));
        refused.Field.ShouldBe("values.a");
        refused.Reason.ShouldContain(wanted);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a..b")]
    [InlineData("a.")]
    [InlineData("a[x]")]
    [InlineData("a[70000]")]
    [InlineData("a[0]b")]
    [InlineData("a=b")]
    [InlineData("a,b")]
    [InlineData("a\\")]
    public void A_path_that_is_none_is_refused(string path) =>
        Should.Throw<IntentException>(() => Read(path, "TEXT", "x")).Reason.ShouldContain("not a Helm value path");

    [Fact]
    public void An_empty_knob_counts_as_not_given() => Read("a", "INTEGER", "").ShouldBeEmpty();

    [Theory]
    [InlineData("a.b", true)]
    [InlineData("a.c", false)]
    [InlineData("a.nothing", true)]
    [InlineData("a.nothing.deeper", true)]
    [InlineData("a.b.deeper", true)]
    [InlineData("list[1].x", true)]
    [InlineData("list[2].x", false)]
    [InlineData(@"dotted\.key", true)]
    [InlineData("dotted.key", false)]
    public void A_document_speaks_of_a_path_or_is_silent(string path, bool given) =>
        ValuesDocument.Gives(ValuesDocument.Read("a: {b: 1, nothing: null}\n---\nlist: [{}, {x: 1}]\ndotted.key: 1"), path).ShouldBe(given);
}
