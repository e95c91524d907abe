namespace NaaS.Fulfilment.Storage;

/// <summary>A Placement or ManifestWork of a service that is or may be on the hub. Written before the object, deleted after it is gone.</summary>
internal sealed class HubObjectRecord
{
    /// <summary>The service.</summary>
    public required Guid ServiceId { get; init; }

    /// <summary>What it is.</summary>
    public required HubObjectKind Kind { get; init; }

    /// <summary>Namespace: the cluster of a work, ours of a Placement.</summary>
    public required string Namespace { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }
}

/// <summary>Kinds of objects that we write to the hub.</summary>
internal enum HubObjectKind
{
    /// <summary>Placement.</summary>
    Placement,

    /// <summary>ManifestWork.</summary>
    Work,

    /// <summary>ManifestWork of a hook.</summary>
    Hook,
}
