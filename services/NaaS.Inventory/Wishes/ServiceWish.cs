using NaaS.Contracts;
using NaaS.Tmf.Shared;

namespace NaaS.Inventory.Wishes;

/// <summary>
/// What is wanted of a service that we deploy, beside what everybody may read of it: secrets in plain, the count of commands, what the worker
/// has reported. Stored under the service's id and served by no route. A service without one was only recorded.
/// </summary>
internal sealed class ServiceWish : TmfResource
{
    /// <summary>Name as ordered: the release's name derives from it.</summary>
    public string ServiceName { get; set; } = "";

    /// <summary>Sequence of the last command; zero while nothing was sent.</summary>
    public long Sequence { get; set; }

    /// <summary>Whether the last command has been concluded by the worker; one that is not for long is stuck.</summary>
    public bool Settled { get; set; } = true;

    /// <summary>What asked for the last command; null before the first.</summary>
    public Cause? LastCause { get; set; }

    /// <summary>Sequence of the change that the last command calls back; null where it calls none back.</summary>
    public long? Withdraws { get; set; }

    /// <summary>Whether the service is being ended.</summary>
    public bool Ending { get; set; }

    /// <summary>Whether the service shall be inactive: kept, nothing of it running.</summary>
    public bool Inactive { get; set; }

    /// <summary>Whether an operator holds its roll-outs.</summary>
    public bool Held { get; set; }

    /// <summary>All wanted characteristics.</summary>
    public List<WishedCharacteristic> Wanted { get; set; } = [];

    /// <summary>Those of the last good revision; empty before the first.</summary>
    public List<WishedCharacteristic> Good { get; set; } = [];

    /// <summary>Number of the last report that was taken.</summary>
    public long LastReport { get; set; }

    /// <summary>The revisions as reported, oldest first.</summary>
    public List<Revision> Revisions { get; set; } = [];
}
