using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Cel;

namespace NaaS.Sandbox.Tests.Controllers.Cel;

public sealed class CelTests
{
    private static readonly JsonObject Object = JsonNode.Parse("""
        {"metadata":{"name":"web","labels":{"a":"1"} },"spec":{"replicas":2,"ratio":0.5,"on":true},
         "status":{"conditions":[{"type":"Ready","status":"True"},{"type":"Progressing","status":"False"}]} }
        """)!.AsObject();

    [Theory]
    [InlineData("object.spec.replicas == 2")]
    [InlineData("object.spec.replicas + 1 > 2 && object.spec.replicas * 3 == 6 && 7 % 4 == 3 && -1 < 0")]
    [InlineData("object.metadata.labels[\"a\"] == '1'")]
    [InlineData("has(object.status.conditions) && !has(object.status.nope)")]
    [InlineData("object.status.conditions.exists(c, c.type == \"Ready\" && c.status == \"True\")")]
    [InlineData("object.status.conditions.all(c, c.type != \"Failed\") && object.status.conditions.exists_one(c, c.type == 'Ready')")]
    [InlineData("object.status.conditions.filter(c, c.status == 'False').map(c, c.type) == ['Progressing']")]
    [InlineData("'a' in object.metadata.labels && 2 in [1, 2] && size(object.status.conditions) == 2")]
    [InlineData("object.metadata.name.startsWith('w') && object.metadata.name.endsWith('b') && object.metadata.name.contains('e') && object.metadata.name.matches('^w.b$')")]
    [InlineData("(object.spec.on ? 'yes' : 'no') == 'yes' && string(object.spec.replicas) == '2' && int('3') == 3 && double(1) == 1.0")]
    [InlineData("object.spec.on || object.missing.deeper == 1")]
    [InlineData("object.missing.deeper == 1 || object.spec.on")]
    [InlineData("object.status.conditions[0].type == 'Ready' && object.spec.ratio < 1")]
    public void These_hold(string expression) => CelExpression.Compile(expression, "object").EvaluateBool(("object", Object)).ShouldBeTrue();

    [Theory]
    [InlineData("object.status.nope.deeper == 1", "no such key: nope")]
    [InlineData("object.spec.replicas", "expected bool result, got int64")]
    [InlineData("object.spec.replicas == 2 && object.metadata.name", "no such overload")]
    [InlineData("object.spec.replicas / 0 == 1", "division by zero")]
    [InlineData("object.status.conditions[7].type == ''", "index out of bounds: 7")]
    public void These_fail_when_evaluated(string expression, string message) =>
        Should.Throw<CelException>(() => CelExpression.Compile(expression, "object").EvaluateBool(("object", Object))).Message.ShouldBe(message);

    [Theory]
    [InlineData("object.status.(", "Syntax error: no viable alternative at input '.('")]
    [InlineData("object[\"a\"", "Syntax error: missing ']' at '<EOF>'")]
    [InlineData("other == 1", "undeclared reference to 'other'")]
    [InlineData("object.name.unknown()", "undeclared reference to 'unknown'")]
    [InlineData("quantity('1')", "undeclared reference to 'quantity'")]
    [InlineData("\"open", "token recognition error")]
    public void These_do_not_compile_and_say_where(string expression, string message)
    {
        var problem = Should.Throw<CelException>(() => CelExpression.Compile(expression, "object")).Message;
        problem.ShouldContain(message);
        problem.ShouldStartWith("ERROR: <input>:1:");
    }

    [Fact]
    public void An_expression_nested_too_deeply_is_refused() =>
        Should.Throw<CelException>(() => CelExpression.Compile(new string('(', 5000) + "true" + new string(')', 5000))).Message.ShouldContain("recursion limit");
}
