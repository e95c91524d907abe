using System.Text.Json.Nodes;

namespace NaaS.ClusterHub.Objects;

/// <summary>What happened to a watched object.</summary>
public enum HubEventKind
{
    /// <summary>It appeared, or was there when the watch began.</summary>
    Added,

    /// <summary>It changed.</summary>
    Modified,

    /// <summary>It is gone.</summary>
    Deleted,

    /// <summary>Nothing happened up to this resourceVersion.</summary>
    Bookmark,
}

/// <summary>One event of a watch.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Object">The object; for a bookmark only its resourceVersion counts.</param>
public sealed record HubEvent(HubEventKind Kind, JsonObject Object)
{
    /// <summary>Version after which a watch goes on.</summary>
    public string ResourceVersion => (string?)Object["metadata"]?["resourceVersion"] ?? "";
}
