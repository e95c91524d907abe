using System.Text.Json.Nodes;
using NaaS.ClusterHub.Objects;

namespace NaaS.Fulfilment.Deliver;

/// <summary>A ManifestWork as we want it.</summary>
/// <param name="Cluster">Cluster, also its namespace.</param>
/// <param name="Name">Name.</param>
/// <param name="ServiceId">Service that it belongs to.</param>
/// <param name="Spec">Spec.</param>
internal sealed record WorkManifest(string Cluster, string Name, Guid ServiceId, JsonObject Spec)
{
    /// <summary>The object to apply, marked where the agent shall try it again.</summary>
    public JsonObject ToObject(string? mark = null)
    {
        var labels = new JsonObject { [HubLabels.Service] = ServiceId.ToString() };
        if (mark is not null)
        {
            labels[HubLabels.Retry] = mark;
        }

        return ToObject(labels);
    }

    private JsonObject ToObject(JsonObject labels) => new()
    {
        ["apiVersion"] = HubResource.ManifestWorks.ApiVersion,
        ["kind"] = HubResource.ManifestWorks.Kind,
        ["metadata"] = new JsonObject
        {
            ["name"] = Name,
            ["namespace"] = Cluster,
            ["labels"] = labels,
        },
        ["spec"] = Spec.DeepClone(),
    };
}
