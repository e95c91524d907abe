using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Cel;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Placements;

/// <summary>A Placement's predicates: one must hold; inside one, labels, claims and CEL must all hold.</summary>
internal static class Predicates
{
    private const string Plugin = "Predicate";

    public static List<Candidate> Filter(JsonNode? spec, IReadOnlyList<Candidate> clusters)
    {
        try
        {
            var predicates = spec.Items("predicates").Select(predicate => ClusterTest.Of(predicate.At("requiredClusterSelector"))).ToList();
            return [.. clusters.Where(cluster => predicates.Count == 0 || predicates.Exists(test => test.Holds(cluster)))];
        }
        catch (ApiStatusException problem)
        {
            throw new MisconfiguredException(Plugin, problem.Message);
        }
        catch (CelException problem)
        {
            throw new MisconfiguredException(Plugin, $"compilation failed: {problem.Message}");
        }
    }
}

/// <summary>A cluster selector: labels, claims and CEL expressions.</summary>
internal sealed record ClusterTest(LabelSelector Labels, LabelSelector Claims, IReadOnlyList<CelExpression> Expressions)
{
    public static ClusterTest Of(JsonNode? selector) => new(
        LabelSelector.From(selector.Obj("labelSelector")) ?? LabelSelector.Everything,
        LabelSelector.From(selector.Obj("claimSelector")) ?? LabelSelector.Everything,
        [.. selector.Texts("celSelector", "celExpressions").Select(text => CelExpression.Compile(text, "managedCluster"))]);

    public bool Holds(Candidate cluster) =>
        Labels.Matches(cluster.Labels) && Claims.Matches(cluster.Claims) && Expressions.All(expression => Holds(expression, cluster.Tree));

    // A cluster on which an expression fails (a missing label, for example) is not selected; that is no misconfiguration.
    private static bool Holds(CelExpression expression, JsonObject cluster)
    {
        try
        {
            return expression.EvaluateBool(("managedCluster", cluster));
        }
        catch (CelException)
        {
            return false;
        }
    }
}
