using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Works;

/// <summary>Which objects a work's <c>deleteOption</c> leaves on the cluster.</summary>
internal static class Orphaning
{
    public static bool Spares(JsonNode? spec, ManifestId id) => spec.Str("deleteOption", "propagationPolicy") switch
    {
        "Orphan" => true,
        "SelectivelyOrphan" => spec.Items("deleteOption", "selectivelyOrphans", "orphaningRules").Any(rule =>
            (rule.Str("group") ?? "") == id.Group && rule.Str("resource") == id.Resource
            && (rule.Str("namespace") ?? "") == id.Namespace && rule.Str("name") == id.Name),
        _ => false,
    };
}
