using System.Text.RegularExpressions;

namespace NaaS.Tmf.Characteristics;

/// <summary>
/// What can be known of a deployable service's well-known characteristics without chart and clusters: that documents can be read,
/// that names, versions and paths have the right shape.
/// </summary>
internal sealed partial class DeployableRules(DeployableNames names)
{
    /// <summary>What is wrong with the text, or null; characteristics of other names pass.</summary>
    public Violation? Complaint(string name, string text)
    {
        var reason = Reason(name, text);
        return reason is null ? null : new(name, ViolationKind.Document, reason);
    }

    private string? Reason(string name, string text)
    {
        if (name == names.Values)
        {
            return ValuesDocument.Complaint(text);
        }

        if (name == names.Placement)
        {
            return PlacementDocument.Complaint(text);
        }

        if (name == names.Version)
        {
            return VersionRange.IsValid(text) ? null : $"'{text}' is neither a version nor a SemVer range";
        }

        if (name == names.PackageManager)
        {
            return Only(text, "helm");
        }

        if (name == names.ClusterManager)
        {
            return Only(text, "ocm");
        }

        if (name == names.Namespace)
        {
            return NamespaceShape().IsMatch(text) && text.Length <= 63 ? null : $"'{text}' is not a valid namespace name";
        }

        return name.StartsWith(names.KnobPrefix, StringComparison.Ordinal) ? KnobPath.Complaint(name[names.KnobPrefix.Length..]) : Delivery(name, text);
    }

    private string? Delivery(string name, string text)
    {
        if (name == names.Deadline)
        {
            return int.TryParse(text, out var seconds) && seconds > 0 ? null : $"'{text}' is not a positive number of seconds";
        }

        if (name == names.Recreate)
        {
            return bool.TryParse(text, out _) ? null : $"'{text}' is neither true nor false";
        }

        return name == names.UpdatePolicy ? Only(text, "manual", "automatic") : null;
    }

    private static string? Only(string text, params string[] admitted) =>
        admitted.Contains(text, StringComparer.OrdinalIgnoreCase) ? null : $"'{text}' is not one of {string.Join(", ", admitted)}";

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")]
    private static partial Regex NamespaceShape();
}
