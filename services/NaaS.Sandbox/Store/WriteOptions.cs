using System.Text.Json.Nodes;

namespace NaaS.Sandbox.Store;

/// <summary>What to do with fields that a kind does not have.</summary>
internal enum FieldValidation
{
    /// <summary>Drop them silently.</summary>
    Ignore,

    /// <summary>Drop them and warn.</summary>
    Warn,

    /// <summary>Refuse the object (400).</summary>
    Strict,
}

/// <summary>How a write is to be done.</summary>
internal sealed record WriteOptions
{
    /// <summary>A controller's ordinary write.</summary>
    public static readonly WriteOptions Default = new();

    /// <summary>Field manager, as managedFields will name it.</summary>
    public string Manager { get; init; } = "sandbox";

    /// <summary>Everything is checked and answered, nothing is kept.</summary>
    public bool DryRun { get; init; }

    /// <summary>Server-side apply takes over fields of other managers.</summary>
    public bool Force { get; init; }

    /// <summary>The subresource written: <c>status</c>, or null for the object itself.</summary>
    public string? Subresource { get; init; }

    /// <summary>What to do with unknown fields.</summary>
    public FieldValidation Unknown { get; init; } = FieldValidation.Ignore;

    /// <summary>The managedFields are already right: server-side apply has set them.</summary>
    internal bool ApplyTracked { get; init; }

    /// <summary>Where warnings go, or null.</summary>
    public ICollection<string>? Warnings { get; init; }
}

/// <summary>How dependants are treated when their owner goes.</summary>
internal enum Propagation
{
    /// <summary>They are collected afterwards.</summary>
    Background,

    /// <summary>They go first.</summary>
    Foreground,

    /// <summary>They stay, without the owner.</summary>
    Orphan,
}

/// <summary>How a deletion is to be done.</summary>
internal sealed record DeleteOptions
{
    /// <summary>An ordinary deletion.</summary>
    public static readonly DeleteOptions Default = new();

    /// <summary>At once, also for pods.</summary>
    public static readonly DeleteOptions Now = new() { GracePeriodSeconds = 0 };

    /// <summary>What happens to dependants; null is the kind's default (background).</summary>
    public Propagation? Propagation { get; init; }

    /// <summary>Only if the object has this uid.</summary>
    public string? Uid { get; init; }

    /// <summary>Only if the object is at this resourceVersion.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>Seconds a pod on a node gets to stop; null is its own terminationGracePeriodSeconds.</summary>
    public long? GracePeriodSeconds { get; init; }

    /// <summary>Everything is checked and answered, nothing is deleted.</summary>
    public bool DryRun { get; init; }
}

/// <summary>How a patch document is to be read.</summary>
internal enum PatchKind
{
    /// <summary>RFC 7396.</summary>
    Merge,

    /// <summary>RFC 6902.</summary>
    Json,

    /// <summary>Kubernetes' strategic merge patch, for built-in kinds.</summary>
    Strategic,
}

/// <summary>A list as it was at one resourceVersion.</summary>
/// <param name="Items">The objects, by namespace and name.</param>
/// <param name="ResourceVersion">The store's version of the list.</param>
internal sealed record ObjectList(IReadOnlyList<StoredObject> Items, long ResourceVersion)
{
    /// <summary>The objects as trees of the caller's own.</summary>
    public IEnumerable<JsonObject> Read() => Items.Select(i => i.Read());
}
