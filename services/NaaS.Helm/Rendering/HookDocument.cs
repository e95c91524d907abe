using System.Globalization;

namespace NaaS.Helm.Rendering;

/// <summary>What Helm reads of a hook's annotations.</summary>
internal sealed record HookDocument(Document Document, IReadOnlyList<string> Events, int Weight, IReadOnlyList<string> DeletePolicies)
{
    private const string EventAnnotation = "helm.sh/hook";
    private const string WeightAnnotation = "helm.sh/hook-weight";
    private const string DeleteAnnotation = "helm.sh/hook-delete-policy";
    private const string DefaultDeletePolicy = "before-hook-creation";

    private static readonly Dictionary<string, string> KnownEvents = new(StringComparer.Ordinal)
    {
        ["pre-install"] = "pre-install",
        ["post-install"] = "post-install",
        ["pre-delete"] = "pre-delete",
        ["post-delete"] = "post-delete",
        ["pre-upgrade"] = "pre-upgrade",
        ["post-upgrade"] = "post-upgrade",
        ["pre-rollback"] = "pre-rollback",
        ["post-rollback"] = "post-rollback",
        ["test"] = "test",
        ["test-success"] = "test",
    };

    public bool IsTest => Events.Contains("test");

    /// <summary>Whether a document is a hook; then <paramref name="hook"/> is it, or null where it names an event that Helm does not know.</summary>
    public static bool TryRead(Document document, out HookDocument? hook)
    {
        hook = null;
        if (!document.Annotations.TryGetValue(EventAnnotation, out string? names))
        {
            return false;
        }
        var events = new List<string>();
        foreach (string name in names.Split(','))
        {
            if (!KnownEvents.TryGetValue(Go.GoUnicode.ToLower(Go.GoUnicode.TrimSpace(name)), out string? known))
            {
                return true;
            }
            events.Add(known);
        }
        string weight = document.Annotations.GetValueOrDefault(WeightAnnotation, "");
        hook = new HookDocument(
            document,
            events,
            int.TryParse(weight, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : 0,
            Policies(document.Annotations.GetValueOrDefault(DeleteAnnotation, "")));
        return true;
    }

    private static string[] Policies(string text)
    {
        string[] policies = text.Split(',').Select(policy => policy.Trim().ToLowerInvariant()).Where(policy => policy.Length > 0).ToArray();
        return policies.Length == 0 ? [DefaultDeletePolicy] : policies;
    }
}
