using NaaS.OpenSlice.Client;

namespace NaaS.OpenSlice.Upstream;

/// <summary>Section <c>OpenSlice:Upstream</c>: the OpenSlice that makes clusters for us. Clusters are awaited only where <c>BaseUrl</c> is not set.</summary>
public sealed class UpstreamOptions : OpenSliceAccess
{
    /// <summary>Its specification of a Kubernetes cluster.</summary>
    public string Specification { get; set; } = "";

    /// <summary>How often orders are followed.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long one try to place an order keeps all others from it. It must outlast a request (30 seconds): whoever tries next then finds what the
    /// first one placed.
    /// </summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(2);
}
