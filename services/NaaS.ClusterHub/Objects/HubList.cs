using System.Text.Json.Nodes;

namespace NaaS.ClusterHub.Objects;

/// <summary>Objects of a list, with the resourceVersion from which a watch continues it.</summary>
/// <param name="Items">The objects.</param>
/// <param name="ResourceVersion">Version of the list.</param>
public sealed record HubList(IReadOnlyList<JsonObject> Items, string ResourceVersion);
