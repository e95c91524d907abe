using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace NaaS.Sandbox.Protocol;

/// <summary>Who am I and what may I do: on the sandbox everybody may do everything.</summary>
internal static class Reviews
{
    private static readonly Dictionary<string, string> Kinds = new()
    {
        ["selfsubjectaccessreviews"] = "SelfSubjectAccessReview",
        ["subjectaccessreviews"] = "SubjectAccessReview",
        ["localsubjectaccessreviews"] = "LocalSubjectAccessReview",
        ["selfsubjectrulesreviews"] = "SelfSubjectRulesReview",
        ["selfsubjectreviews"] = "SelfSubjectReview",
    };

    /// <summary>Whether this group and version hold reviews.</summary>
    public static bool Has(string group, string version) => version == "v1" && group is "authorization.k8s.io" or "authentication.k8s.io";

    /// <summary>Answers a review; null when the path is none.</summary>
    public static async Task<JsonObject?> AnswerAsync(HttpContext http, string group, string plural, CancellationToken cancellationToken)
    {
        JsonObject? status = (group, plural) switch
        {
            ("authorization.k8s.io", "selfsubjectaccessreviews" or "subjectaccessreviews" or "localsubjectaccessreviews") => new JsonObject { ["allowed"] = true },
            ("authorization.k8s.io", "selfsubjectrulesreviews") => new JsonObject
            {
                ["resourceRules"] = new JsonArray(new JsonObject { ["verbs"] = new JsonArray("*"), ["apiGroups"] = new JsonArray("*"), ["resources"] = new JsonArray("*") }),
                ["nonResourceRules"] = new JsonArray(),
                ["incomplete"] = false,
            },
            ("authentication.k8s.io", "selfsubjectreviews") => new JsonObject
            {
                ["userInfo"] = new JsonObject { ["username"] = "sandbox", ["groups"] = new JsonArray("system:masters", "system:authenticated") },
            },
            _ => null,
        };
        if (status is null)
        {
            return null;
        }
        // What is asked does not matter to the answer, so a question in protobuf need not be understood.
        var asked = http.Request.ContentType?.Contains("protobuf", StringComparison.Ordinal) ?? false
            ? null : await Bodies.ReadObjectAsync(http.Request, cancellationToken);
        return new JsonObject
        {
            ["kind"] = Kinds[plural],
            ["apiVersion"] = $"{group}/v1",
            ["metadata"] = new JsonObject(),
            ["spec"] = asked?["spec"]?.DeepClone() ?? new JsonObject(),
            ["status"] = status,
        };
    }
}
