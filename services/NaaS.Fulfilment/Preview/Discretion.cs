using NaaS.Fulfilment.Bundle;

namespace NaaS.Fulfilment.Preview;

/// <summary>Keeps secrets out of plans: all that Secrets hold, and values in which a secret characteristic appears.</summary>
/// <param name="secrets">Values of secret characteristics.</param>
internal sealed class Discretion(IEnumerable<string> secrets)
{
    private const int LongestShown = 500;
    private const int ShortestSecret = 3;
    private readonly List<string> secrets = [.. secrets.Where(secret => secret.Length >= ShortestSecret)];

    /// <summary>What may be shown of a value of the object at that path.</summary>
    public Func<string, string, string> For(ObjectKey key)
    {
        var isSecret = key is { Group: "", Kind: "Secret" };
        return (path, json) => isSecret && (path.StartsWith("data", StringComparison.Ordinal) || path.StartsWith("stringData", StringComparison.Ordinal))
            ? "***"
            : Shown(json);
    }

    private string Shown(string json)
    {
        if (secrets.Exists(secret => json.Contains(secret, StringComparison.Ordinal)))
        {
            return "***";
        }

        return json.Length > LongestShown ? json[..LongestShown] + "..." : json;
    }
}
