using NaaS.Tmf.Shared;

namespace NaaS.OpenSlice.Upstream;

/// <summary>A cluster that was ordered onward. Stored under the id of our service and served by no route.</summary>
internal sealed class UpstreamOrder : TmfResource
{
    /// <summary>Id of the order there; null until it is known to have been taken.</summary>
    public string? OrderId { get; set; }

    /// <summary>Who is placing the order, or was; null where nobody has tried yet.</summary>
    public string? Claim { get; set; }

    /// <summary>Until when nobody else may place it.</summary>
    public DateTimeOffset? ClaimedUntil { get; set; }

    /// <summary>State of the order when last read.</summary>
    public string? State { get; set; }

    /// <summary>Whether nothing is left to do: it failed and our service was ended, or it was ended with our service.</summary>
    public bool Settled { get; set; }
}
