using System.Text.Json.Nodes;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Admission;

/// <summary>The CEL validation rules in the schemas of OCM's kinds.</summary>
internal static class OcmRules
{
    /// <summary>What the rules refuse.</summary>
    public static IEnumerable<FieldError> Check(ResourceType type, JsonObject json) => Configs(type) is not { } path ? [] :
        (json.Arr(path.Split('.')) ?? []).SelectMany((config, i) => (config.Arr("conditionRules") ?? [])
            .Select((rule, j) => (Rule: rule, At: $"{path}[{i}].conditionRules[{j}]")))
            .Where(r => r.Rule.Str("type") == "CEL" && r.Rule.Str("condition") is null or "")
            .Select(r => new FieldError("FieldValueInvalid", r.At, "Invalid value: Condition is required for CEL rules"));

    /// <summary>What the API server adds when other errors kept it from evaluating the rules.</summary>
    public static IEnumerable<FieldError> Skipped(ResourceType type) => Configs(type) is null ? [] :
        [new FieldError("FieldValueInvalid", "<nil>", "Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation")];

    private static string? Configs(ResourceType type) =>
        type == Kinds.ManifestWorks ? "spec.manifestConfigs"
        : type == Kinds.ManifestWorkReplicaSets ? "spec.manifestWorkTemplate.manifestConfigs" : null;
}
