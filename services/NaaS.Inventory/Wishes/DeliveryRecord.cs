using NaaS.Contracts;
using NaaS.Tmf.Shared;

namespace NaaS.Inventory.Wishes;

/// <summary>What a revision delivered, kept for the audit trail beside the wish, which is read much more often.</summary>
internal sealed class DeliveryRecord : TmfResource
{
    /// <summary>What was delivered.</summary>
    public DeliveredRevision? Delivered { get; set; }

    /// <summary>Id of the record of a revision.</summary>
    public static string IdOf(string service, int revision) => $"{service}.{revision}";
}
