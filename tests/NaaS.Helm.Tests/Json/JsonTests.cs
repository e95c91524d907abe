using NaaS.Helm.Go;
using NaaS.Helm.Json;

namespace NaaS.Helm.Tests.Json;

public sealed class JsonTests
{
    [Theory]
    [InlineData(1e6, "1000000")]
    [InlineData(1e20, "100000000000000000000")]
    [InlineData(1e21, "1e+21")]
    [InlineData(0.000001, "0.000001")]
    [InlineData(0.0000001, "1e-7")]
    [InlineData(1.5e-10, "1.5e-10")]
    [InlineData(-0.0, "-0")]
    [InlineData(123456789.125, "123456789.125")]
    public void Numbers_are_written_as_go_writes_them(double number, string text) => JsonWriter.Write(number).ShouldBe(text);

    [Fact]
    public void Html_characters_are_escaped_unless_told_otherwise()
    {
        JsonWriter.Write("<a&b>").ShouldBe("\"\\u003ca\\u0026b\\u003e\"");
        JsonWriter.Write("<a&b>", escapeHtml: false).ShouldBe("\"<a&b>\"");
    }

    [Fact]
    public void Keys_are_sorted_and_an_indent_opens_lines() =>
        JsonWriter.Write(JsonReader.Read("""{"b":[1,{}],"a":[]}"""), indent: 2).ShouldBe("{\n  \"a\": [],\n  \"b\": [\n    1,\n    {}\n  ]\n}");

    [Fact]
    public void Bytes_that_are_no_text_become_the_replacement_character() => JsonWriter.Write("a\u00ffb").ShouldBe("\"a\\ufffdb\"");

    [Theory]
    [InlineData("{", "unexpected end of JSON input")]
    [InlineData("{a", "invalid character 'a' looking for beginning of object key string")]
    [InlineData("[1 2]", "invalid character '2' after array element")]
    [InlineData("{\"a\" 1}", "invalid character '1' after object key")]
    [InlineData("tru", "unexpected end of JSON input")]
    [InlineData("trx", "invalid character 'x' in literal true (expecting 'u')")]
    [InlineData("1 x", "invalid character 'x' after top-level value")]
    [InlineData("\"\\q\"", "invalid character 'q' in string escape code")]
    [InlineData("01", "invalid character '1' after top-level value")]
    [InlineData("", "unexpected end of JSON input")]
    public void What_is_no_json_is_refused_in_gos_words(string text, string error) => Should.Throw<JsonException>(() => JsonReader.Read(text)).Message.ShouldBe(error);

    [Fact]
    public void Surrogate_pairs_become_one_character_and_halves_the_replacement_one() =>
        GoString.ToText((string)JsonReader.Read("\"\\ud83d\\ude00\\ud83d\"")!).ShouldBe("😀\ufffd");

    [Fact]
    public void Deep_nesting_is_refused() => Should.Throw<JsonException>(() => JsonReader.Read(new string('[', 100_000))).Message.ShouldContain("depth");
}
