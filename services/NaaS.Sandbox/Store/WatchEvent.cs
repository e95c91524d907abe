namespace NaaS.Sandbox.Store;

/// <summary>What happened to an object.</summary>
internal enum WatchEventType
{
    /// <summary>It is new, or was there when the watch began.</summary>
    Added,

    /// <summary>It changed.</summary>
    Modified,

    /// <summary>It is gone; the event carries its last state.</summary>
    Deleted,

    /// <summary>Nothing happened up to this resourceVersion.</summary>
    Bookmark,
}

/// <summary>One event of a watch, shared by all watchers: <see cref="StoredObject.Read"/> gives each reader its own tree.</summary>
/// <param name="Type">What happened.</param>
/// <param name="ResourceVersion">The store's version at that moment.</param>
/// <param name="Object">The object's new (or last) state; null for a bookmark.</param>
/// <param name="Previous">The state before, or null.</param>
internal sealed record WatchEvent(WatchEventType Type, long ResourceVersion, StoredObject? Object, StoredObject? Previous = null);
