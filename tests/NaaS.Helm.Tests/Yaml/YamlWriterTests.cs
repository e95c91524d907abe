using CsCheck;
using NaaS.Helm.Go;
using NaaS.Helm.Json;
using NaaS.Helm.Yaml;

namespace NaaS.Helm.Tests.Yaml;

/// <summary>Answers are those of helm 4.1.4: <c>toYaml</c> and <c>toYamlPretty</c> of a JSON value.</summary>
public sealed class YamlWriterTests
{
    [Theory]
    [InlineData("""{"b":[1,{"c":[]}],"a":{},"a10":1,"a9":2}""", "a: {}\na9: 2\na10: 1\nb:\n- 1\n- c: []\n")]
    [InlineData("""["yes","1","1.0","null","","a: b","#x","- x","12:30","0o7","=","<<","y"]""", "- \"yes\"\n- \"1\"\n- \"1.0\"\n- \"null\"\n- \"\"\n- 'a: b'\n- '#x'\n- '- x'\n- \"12:30\"\n- \"0o7\"\n- =\n- <<\n- \"y\"\n")]
    [InlineData("""[1e6,1e20,1e21,0.00001,-0.0,1.5,9223372036854775807]""", "- 1000000\n- 1e+20\n- 1e+21\n- 1e-05\n- 0\n- 1.5\n- 9223372036854776000\n")]
    [InlineData("\"a\\nb\"", "|-\n  a\n  b\n")]
    [InlineData("\"a\\nb\\n\\n\"", "|+\n  a\n  b\n\n")]
    [InlineData("\" a\\nb\\n\"", "|2\n   a\n  b\n")]
    [InlineData("\"trail \\nx\"", "\"trail \\nx\"\n")]
    [InlineData("\"\\u0007\\u00e9\"", "\"\\aé\"\n")]
    [InlineData("\"😀\"", "\"\\U0001F600\"\n")]
    [InlineData("null", "null\n")]
    public void A_value_is_written_as_helm_writes_it(string json, string yaml) =>
        GoString.ToText(YamlWriter.Write(JsonReader.Read(GoString.FromText(json)))).ShouldBe(yaml);

    [Fact]
    public void Long_lines_fold_after_column_80()
    {
        var word = new string('x', 9);
        var text = string.Join(' ', Enumerable.Repeat(word, 10));

        YamlWriter.Write(new GoMap { ["a"] = text }).ShouldBe($"a: {text[..79]}\n  {text[80..]}\n");
        YamlWriter.WritePretty(new GoMap { ["a"] = text }).ShouldBe($"a: {text}\n");
    }

    [Fact]
    public void The_pretty_form_indents_lists_and_keeps_floats() =>
        YamlWriter.WritePretty(JsonReader.Read("""{"a":[1000000,{"b":["x"]}],"y":true}""")).ShouldBe("a:\n  - 1e+06\n  - b:\n      - x\n\"y\": true\n");

    [Theory]
    [InlineData("\u007f")]
    [InlineData("\u0080")]
    public void Characters_that_the_way_through_json_does_not_survive_are_refused(string text) =>
        Should.Throw<YamlException>(() => YamlWriter.Write(GoString.FromText(text))).Message.ShouldContain("control characters");

    [Fact]
    public void A_map_that_contains_itself_is_refused()
    {
        var map = new GoMap();
        map["self"] = map;

        Should.Throw<YamlException>(() => YamlWriter.Write(map));
        Should.Throw<YamlException>(() => YamlWriter.WritePretty(map));
        Should.Throw<JsonException>(() => JsonWriter.Write(map));
    }

    [Fact]
    public void What_is_written_reads_back_the_same() =>
        Values(3).Sample(
            value =>
            {
                var json = JsonWriter.Write(value);
                JsonWriter.Write(YamlReader.Read(YamlWriter.Write(value))).ShouldBe(json);
                JsonWriter.Write(JsonReader.Read(json)).ShouldBe(json);
            },
            iter: 3000,
            threads: 1);

    private static readonly string[] Pieces =
    [
        "a", "yes", "no", "1", "1.5", "0x1f", "null", "~", "- ", "-", "? ", ":", ": ", "#", " #", "{", "}", "[", "]", ",", "&a", "*a", "!x", "|", ">", "'", "\"",
        "\\", "\n", "\n\n", " ", "  ", "\t", "---", "...", "%", "@", "`", "=", "<<", "é", "😀", "\u2028", "\ufeff", "\u0007", "2024-01-01", "12:30", ".inf", "long word ",
        "\r\n", "\u00a0",
    ];

    private static Gen<object?> Values(int depth)
    {
        var text = Gen.Int[0, Pieces.Length - 1].Array[0, 12].Select(parts => (object?)GoString.FromText(string.Concat(parts.Select(i => Pieces[i]))));
        var scalar = Gen.OneOf(
            text,
            Gen.Bool.Select(flag => (object?)flag),
            Gen.Double[-1e15, 1e15].Select(number => (object?)number),
            Gen.Int.Select(number => (object?)(double)number),
            Gen.Int[0, 0].Select(_ => (object?)null));
        if (depth == 0)
        {
            return scalar;
        }

        var below = Values(depth - 1);
        var list = below.Array[0, 4].Select(items =>
        {
            var made = new GoList();
            made.AddRange(items);
            return (object?)made;
        });
        var map = text.Where(key => key is not "<<").Select(below, (key, item) => (key, item)).Array[0, 4].Select(pairs =>
        {
            var made = new GoMap();
            foreach (var (key, value) in pairs)
            {
                made[(string)key!] = value;
            }

            return (object?)made;
        });
        return Gen.OneOf(scalar, list, map);
    }
}
