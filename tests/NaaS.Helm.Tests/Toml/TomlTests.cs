using NaaS.Helm.Go;
using NaaS.Helm.Json;
using NaaS.Helm.Toml;

namespace NaaS.Helm.Tests.Toml;

/// <summary>Answers are those of helm 4.1.4: <c>toToml</c> and <c>fromToml</c>.</summary>
public sealed class TomlTests
{
    [Theory]
    [InlineData("""{"a":{"x":1},"b":{"y":{"z":2}},"c":1}""", "c = 1.0\n\n[a]\n  x = 1.0\n\n[b]\n  [b.y]\n    z = 2.0\n")]
    [InlineData("""{"a":[{"x":[{"y":1}]},{"z":{}}]}""", "[[a]]\n\n  [[a.x]]\n    y = 1.0\n\n[[a]]\n  [a.z]\n")]
    [InlineData("""{"m":[1,"x",true,{"a":{"b":1},"z":2}]}""", "m = [1.0, \"x\", true, {z = 2.0, a = {b = 1.0}}]\n")]
    [InlineData("""{"":1,"a b":{"c.d":{"x":1}},"n":null,"f":1e21}""", "\"\" = 1.0\nf = 1e+21\n\n[\"a b\"]\n  [\"a b\".\"c.d\"]\n    x = 1.0\n")]
    public void A_map_is_written_as_helm_writes_it(string json, string toml) => TomlWriter.Write(JsonReader.Read(json)).ShouldBe(toml);

    [Theory]
    [InlineData("a = 1\nb = 1.5\n[t]\nd = [1, \"x\", true]\n[[l]]\nx = 1\n[[l]]\ny = {a = 1}\n", """{"a":1,"b":1.5,"l":[{"x":1},{"y":{"a":1}}],"t":{"d":[1,"x",true]}}""")]
    [InlineData("i = 0x1F\no = 0o17\nb = 0b11\nn = 1_000", """{"b":3,"i":31,"n":1000,"o":15}""")]
    [InlineData("s = '''\nml\n'''\nt = \"\"\"a\\\n   b\"\"\"", """{"s":"ml\n","t":"ab"}""")]
    [InlineData("[[x]]\n[x.y]\nz=1\n[[x]]\n[x.y]\nz=2", """{"x":[{"y":{"z":1}},{"y":{"z":2}}]}""")]
    [InlineData("d = 1979-05-27 07:32:00.5Z\nl = 1979-05-27", """{"d":"1979-05-27T07:32:00.5Z","l":"1979-05-27T00:00:00Z"}""")]
    public void A_document_is_read_as_helm_reads_it(string toml, string json) => JsonWriter.Write(TomlReader.Read(toml)).ShouldBe(json);

    [Theory]
    [InlineData("a = ", "toml: line 1 (last key \"a\"): unexpected EOF; expected value")]
    [InlineData("a=1\na=2", "toml: line 2 (last key \"a\"): Key 'a' has already been defined.")]
    [InlineData("a = 01", "toml: line 1 (last key \"a\"): Invalid integer \"01\": cannot have leading zeroes")]
    [InlineData("[a", "toml: line 1: expected '.' or ']' to end table name, but got '\\x00' instead")]
    [InlineData("a = {b = 1", "toml: line 1 (last key \"a.b\"): expected a comma or an inline table terminator '}', but got end of file instead")]
    public void What_helm_refuses_is_refused_in_its_words(string toml, string error) => Should.Throw<TomlException>(() => TomlReader.Read(toml)).Message.ShouldBe(error);

    [Fact]
    public void Values_without_a_form_in_toml_are_refused()
    {
        Should.Throw<TomlException>(() => TomlWriter.Write(JsonReader.Read("""[{"a":1}]"""))).Message.ShouldBe("toml: top-level values must be Go maps or structs");
        Should.Throw<TomlException>(() => TomlWriter.Write(JsonReader.Read("""{"a":[null]}"""))).Message.ShouldBe("toml: cannot encode array with nil element");
    }

    [Fact]
    public void Deep_nesting_is_refused() => Should.Throw<TomlException>(() => TomlReader.Read("a = " + new string('[', 100_000))).Message.ShouldContain("nested deeper");

    [Fact]
    public void A_map_that_contains_itself_is_refused()
    {
        var map = new GoMap();
        map["self"] = map;

        Should.Throw<TomlException>(() => TomlWriter.Write(map)).Message.ShouldContain("nested deeper");
    }
}
