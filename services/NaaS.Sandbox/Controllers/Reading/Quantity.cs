using System.Globalization;

namespace NaaS.Sandbox.Controllers.Reading;

/// <summary>Kubernetes quantities such as <c>500m</c>, <c>2</c>, <c>16Gi</c>.</summary>
internal static class Quantity
{
    private static readonly (string Suffix, double Factor)[] Suffixes =
    [
        ("Ki", 1L << 10), ("Mi", 1L << 20), ("Gi", 1L << 30), ("Ti", 1L << 40), ("Pi", 1L << 50), ("Ei", 1L << 60),
        ("m", 1e-3), ("k", 1e3), ("M", 1e6), ("G", 1e9), ("T", 1e12), ("P", 1e15), ("E", 1e18),
    ];

    /// <summary>The amount in base units, null where the text is none.</summary>
    public static double? Parse(string? text)
    {
        var (suffix, factor) = Suffixes.FirstOrDefault(candidate => text?.EndsWith(candidate.Suffix, StringComparison.Ordinal) == true, ("", 1));
        return double.TryParse(text?[..^suffix.Length], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number * factor : null;
    }
}
