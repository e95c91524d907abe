using NaaS.Messaging.Storage;

namespace NaaS.TmfRest.Storage;

/// <summary>A resource as it is stored.</summary>
public sealed class ResourceRow : ICommitTopic
{
    string ICommitTopic.Topic => Type;

    /// <summary>Name of the resource, such as <c>serviceOrder</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Increases with each change; the concurrency token and the ETag.</summary>
    public long Version { get; set; } = 1;

    /// <summary>The resource as JSON, without its address.</summary>
    public required string Document { get; set; }

    /// <summary>Its <see cref="Queries.SearchMap"/>.</summary>
    public required string Search { get; set; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset ChangedAt { get; set; }
}
