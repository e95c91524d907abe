using System.Text.Json.Nodes;
using NaaS.Fulfilment.Bundle;

namespace NaaS.Fulfilment.Deliver;

/// <summary>Resource names of kinds: as a CRD among the objects says, else by Kubernetes' own guess (<c>meta.UnsafeGuessKindToResource</c>).</summary>
internal sealed class Plurals(IEnumerable<JsonObject> objects)
{
    private readonly Dictionary<(string, string), string> defined = objects
        .Where(o => (string?)o["kind"] == "CustomResourceDefinition")
        .Select(o => o["spec"])
        .GroupBy(spec => ((string?)spec?["group"] ?? "", (string?)spec?["names"]?["kind"] ?? ""))
        .ToDictionary(group => group.Key, group => (string?)group.First()?["names"]?["plural"] ?? "");

    /// <summary>The plural of an object's kind.</summary>
    public string Of(ObjectKey key) => defined.TryGetValue((key.Group, key.Kind), out var plural) && plural.Length > 0 ? plural : Guess(key.Kind);

    private static string Guess(string kind)
    {
        var singular = kind.ToLowerInvariant();
        return singular switch
        {
            "endpoints" => "endpoints",
            _ when singular.EndsWith('s') => singular + "es",
            _ when singular.EndsWith('y') => singular[..^1] + "ies",
            _ => singular + "s",
        };
    }
}
