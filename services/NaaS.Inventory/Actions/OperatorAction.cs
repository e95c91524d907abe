using NaaS.Tmf.Shared;

namespace NaaS.Inventory.Actions;

/// <summary>Something that an operator did to a service or a cluster: asked for by a POST, kept as the record of who did what, when and why.</summary>
internal sealed class OperatorAction : TmfResource
{
    /// <summary><c>rollback</c>, <c>retry</c>, <c>hold</c>, <c>resume</c>, <c>abort</c>; <c>evacuate</c> and <c>open</c> for clusters.</summary>
    public string? Action { get; set; }

    /// <summary>The service; only its id is needed.</summary>
    public ServiceRefOrValue? Service { get; set; }

    /// <summary>Name of the cluster.</summary>
    public string? Cluster { get; set; }

    /// <summary>The revision: the one to go back to, or the one that was given up.</summary>
    public int? Revision { get; set; }

    /// <summary>Why.</summary>
    public string? Reason { get; set; }

    /// <summary>Who; set by the server.</summary>
    public string? By { get; set; }

    /// <summary>When; set by the server.</summary>
    public DateTimeOffset? At { get; set; }
}
