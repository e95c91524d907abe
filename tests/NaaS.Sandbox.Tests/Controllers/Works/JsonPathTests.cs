using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Works.Feedback;

namespace NaaS.Sandbox.Tests.Controllers.Works;

public sealed class JsonPathTests
{
    private static readonly JsonNode Object = JsonNode.Parse("""
        {"metadata":{"annotations":{"orch.example/rev":"7"} },"spec":{"ports":[{"name":"a","port":80},{"name":"b","port":81}]},
         "status":{"conditions":[{"type":"Available","status":"True"},{"type":"Progressing","reason":"Done"}],"count":3} }
        """)!;

    [Theory]
    [InlineData(".status.count", "3")]
    [InlineData(".metadata.annotations.orch\\.example/rev", "7")]
    [InlineData(".metadata.annotations['orch.example/rev']", "7")]
    [InlineData(".status.conditions[?(@.type==\"Progressing\")].reason", "Done")]
    [InlineData(".status.conditions[?(@.type!=\"Progressing\")].status", "True")]
    [InlineData(".status.conditions[?(@.reason)].type", "Progressing")]
    [InlineData(".spec.ports[1].port", "81")]
    [InlineData(".spec.ports[-1].name", "b")]
    [InlineData(".spec.ports[?(@.port>80)].name", "b")]
    [InlineData(".spec.ports[*].port", "80")]
    [InlineData("..port", "80")]
    public void The_first_value_is_found(string path, string value) => JsonPath.Parse(path).Find(Object).First()!.ToString().ShouldBe(value);

    [Theory]
    [InlineData(".status.nope")]
    [InlineData(".status.nope.deeper")]
    [InlineData(".status.conditions[?(@.type==\"None\")].status")]
    public void Missing_keys_find_nothing(string path) => JsonPath.Parse(path).Find(Object).ShouldBeEmpty();

    [Theory]
    [InlineData("status.count")]
    [InlineData(".a[")]
    [InlineData(".a[x]")]
    [InlineData("")]
    public void These_are_no_paths(string path) => Should.Throw<JsonPathException>(() => JsonPath.Parse(path));
}
