using System.Text.Json.Nodes;

namespace NaaS.Helm.Releases;

/// <summary>
/// Answers Helm's <c>lookup</c>: the object, the list where <paramref name="name"/> is empty, or null where nothing is found.
/// </summary>
public delegate JsonObject? ClusterLookup(string apiVersion, string kind, string @namespace, string name);
