using System.Text;

namespace NaaS.Fulfilment.Translate;

/// <summary>Names that Helm and Kubernetes accept, made from what people call their services.</summary>
internal static class ReleaseNames
{
    private const int LongestRelease = 53;
    private const int LongestNamespace = 63;

    /// <summary>A Helm release name: lower case, letters, digits and <c>-</c>, at most 53 characters.</summary>
    public static string Release(string serviceName) => Label(serviceName, LongestRelease, "service");

    /// <summary>The namespace of a service that names none: service name and the first 8 characters of its id.</summary>
    public static string Namespace(string serviceName, Guid serviceId)
    {
        var suffix = $"-{serviceId.ToString("N")[..8]}";
        return Label(serviceName, LongestNamespace - suffix.Length, "service") + suffix;
    }

    /// <summary>A DNS label made from any text: other characters become <c>-</c>, in runs of one.</summary>
    public static string Label(string text, int longest, string whenNothingIsLeft)
    {
        var label = new StringBuilder();
        foreach (var c in text.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                label.Append(c);
            }
            else if (label.Length > 0 && label[^1] != '-')
            {
                label.Append('-');
            }
        }

        var cut = label.ToString()[..Math.Min(label.Length, longest)].TrimEnd('-');
        return cut.Length == 0 ? whenNothingIsLeft : cut;
    }

    /// <summary>Whether a text is a DNS label as it stands (RFC 1123).</summary>
    public static bool IsLabel(string text) =>
        text.Length is > 0 and <= LongestNamespace
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
        && text[0] != '-' && text[^1] != '-';
}
