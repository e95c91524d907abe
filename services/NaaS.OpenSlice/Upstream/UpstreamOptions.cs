using NaaS.OpenSlice.Client;

namespace NaaS.OpenSlice.Upstream;

/// <summary>Section <c>OpenSlice:Upstream</c>: the OpenSlice that makes clusters for us. Clusters are awaited only where <c>BaseUrl</c> is not set.</summary>
public sealed class UpstreamOptions : OpenSliceAccess
{
    /// <summary>Its specification of a Kubernetes cluster.</summary>
    public string Specification { get; set; } = "";

    /// <summary>How often orders are followed.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(15);
}
