using System.Text.Json.Nodes;
using NaaS.Sandbox.Schemas;

namespace NaaS.Sandbox.Patching;

/// <summary>Kubernetes' strategic merge patch.</summary>
internal static class StrategicPatch
{
    public static JsonObject Apply(Schema schema, JsonObject target, JsonNode patch) => MergePatch.Apply(target, patch);
}
