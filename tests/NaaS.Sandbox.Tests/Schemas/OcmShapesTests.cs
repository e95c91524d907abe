using System.Text.Json.Nodes;
using NaaS.Sandbox.Schemas;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Tests.Schemas;

/// <summary>Our tables of OCM's kinds, held to all objects that a real hub stored.</summary>
public sealed class OcmShapesTests
{
    public static TheoryData<string> Names =>
        [.. new[] { Kinds.ManagedClusters, Kinds.ManagedClusterSets, Kinds.ManagedClusterSetBindings, Kinds.Placements, Kinds.PlacementDecisions, Kinds.ManifestWorks, Kinds.ManifestWorkReplicaSets, Kinds.AppliedManifestWorks }.Select(t => t.GroupResource)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Whatever_a_real_hub_stored_has_our_shape_and_is_complete(string name)
    {
        var type = Kinds.OnHub.Concat(Kinds.OnCluster).Single(t => t.GroupResource == name);
        var schema = new KindShapes().Of(type);
        var seen = 0;
        foreach (var (file, recorded) in Recordings.Objects(type.ApiVersion, type.Kind))
        {
            seen++;
            var stored = (JsonObject)recorded.DeepClone();
            Decoder.Prune(schema, stored).ShouldBeEmpty(file);
            ShapeCheck.Check(schema, stored).ShouldBeEmpty(file);
            var defaulted = (JsonObject)stored.DeepClone();
            Decoder.Default(schema, defaulted);
            if (stored.ContainsKey("spec") && stored["metadata"]!.AsObject().ContainsKey("uid"))
            {
                JsonNode.DeepEquals(defaulted["spec"], stored["spec"]).ShouldBeTrue($"{file}: {defaulted["spec"]!.ToJsonString()}");
            }
        }
        seen.ShouldBeGreaterThan(0);
    }
}
