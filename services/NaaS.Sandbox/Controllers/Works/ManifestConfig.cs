using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Works;

/// <summary>What a work's <c>manifestConfigs</c> say about one manifest.</summary>
/// <param name="Strategy">Update, ServerSideApply, CreateOnly or ReadOnly.</param>
/// <param name="FieldManager">Manager of server-side apply.</param>
/// <param name="Force">Whether server-side apply takes fields over.</param>
/// <param name="Watch">Whether feedback is wanted at once instead of by polling.</param>
/// <param name="FeedbackRules">Feedback rules, or null.</param>
/// <param name="ConditionRules">Condition rules, or null.</param>
internal sealed record ManifestConfig(
    string Strategy, string FieldManager, bool Force, bool Watch, JsonArray? FeedbackRules, JsonArray? ConditionRules)
{
    private static readonly ManifestConfig Default = new("Update", "work-agent", false, false, null, null);

    /// <summary>The first entry whose identifier names the manifest; name and namespace may hold <c>*</c>.</summary>
    public static ManifestConfig Of(JsonNode? spec, ManifestId id)
    {
        var config = spec.Items("manifestConfigs").FirstOrDefault(candidate => Names(candidate.At("resourceIdentifier"), id));
        if (config is null)
        {
            return Default;
        }

        var apply = config.At("updateStrategy", "serverSideApply");
        return new ManifestConfig(
            config.Str("updateStrategy", "type") ?? "Update",
            apply.Str("fieldManager") ?? "work-agent",
            apply.Bool("force") is true,
            config.Str("feedbackScrapeType") == "Watch",
            config.Arr("feedbackRules"),
            config.Arr("conditionRules"));
    }

    private static bool Names(JsonNode? identifier, ManifestId id) =>
        (identifier.Str("group") ?? "") == id.Group
        && identifier.Str("resource") == id.Resource
        && Like(identifier.Str("name") ?? "", id.Name)
        && Like(identifier.Str("namespace") ?? "", id.Namespace);

    private static bool Like(string pattern, string text)
    {
        var parts = pattern.Split('*');
        if (parts.Length == 1)
        {
            return pattern == text;
        }

        var at = parts[0].Length;
        if (!text.StartsWith(parts[0], StringComparison.Ordinal) || text.Length < parts.Sum(part => part.Length))
        {
            return false;
        }

        foreach (var part in parts[1..^1])
        {
            var found = text.IndexOf(part, at, StringComparison.Ordinal);
            if (found < 0)
            {
                return false;
            }

            at = found + part.Length;
        }

        return text.Length - at >= parts[^1].Length && text.EndsWith(parts[^1], StringComparison.Ordinal);
    }
}
