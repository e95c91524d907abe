using System.Text.Json.Nodes;

namespace NaaS.Sandbox.Controllers.Cel;

/// <summary>
/// An expression of the CEL subset that the sandbox evaluates: literals, fields, indexes, <c>has</c>, the operators
/// <c>! - * / % + == != &lt; &lt;= &gt; &gt;= in &amp;&amp; || ?:</c>, lists, the macros <c>all exists exists_one filter map</c>,
/// the functions <c>size int double string</c> and the text methods <c>startsWith endsWith contains matches lowerAscii upperAscii</c>.
/// Anything else does not compile and names what is missing.
/// </summary>
internal sealed class CelExpression
{
    private readonly CelNode _root;

    private CelExpression(CelNode root) => _root = root;

    /// <exception cref="CelException">The expression is not in the subset.</exception>
    public static CelExpression Compile(string source, params IReadOnlyCollection<string> variables) =>
        new(new CelParser(source, variables).Parse());

    /// <summary>The value: null, bool, long, double, string, a JsonObject or a list.</summary>
    /// <exception cref="CelException">The evaluation fails, for example at a missing key.</exception>
    public object? Evaluate(params ReadOnlySpan<(string Name, object? Value)> variables)
    {
        CelScope? scope = null;
        foreach (var (name, value) in variables)
        {
            scope = new CelScope(name, value is JsonNode node ? CelValues.Of(node) : value, scope);
        }

        return _root.Evaluate(scope);
    }

    /// <summary>The value as a truth.</summary>
    /// <exception cref="CelException">It is none, or the evaluation fails.</exception>
    public bool EvaluateBool(params ReadOnlySpan<(string Name, object? Value)> variables) =>
        Evaluate(variables) is var value && value is bool truth
            ? truth : throw new CelException($"expected bool result, got {CelValues.GoType(value)}");
}
