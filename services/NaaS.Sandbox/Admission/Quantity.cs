using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NaaS.Sandbox.Admission;

/// <summary>Kubernetes' quantities such as <c>500m</c> and <c>1Gi</c>.</summary>
internal static class Quantity
{
    private static readonly (string Suffix, double Factor)[] Suffixes =
    [
        ("Ki", 1024d), ("Mi", 1048576d), ("Gi", 1073741824d), ("Ti", 1099511627776d), ("Pi", 1125899906842624d), ("Ei", 1152921504606846976d),
        ("n", 1e-9), ("u", 1e-6), ("m", 1e-3), ("k", 1e3), ("M", 1e6), ("G", 1e9), ("T", 1e12), ("P", 1e15), ("E", 1e18),
    ];

    /// <summary>The amount; 0 for what is none.</summary>
    public static double Parse(JsonNode? quantity)
    {
        var text = Text(quantity);
        foreach (var (suffix, factor) in Suffixes)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal) && double.TryParse(text[..^suffix.Length], CultureInfo.InvariantCulture, out var amount))
            {
                return amount * factor;
            }
        }
        return double.TryParse(text, CultureInfo.InvariantCulture, out var plain) ? plain : 0;
    }

    /// <summary>The quantity as written.</summary>
    public static string Text(JsonNode? quantity) => quantity switch
    {
        null => "",
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => quantity.ToJsonString(),
    };
}
