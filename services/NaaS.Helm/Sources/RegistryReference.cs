namespace NaaS.Helm.Sources;

/// <summary>What <c>oci://host/path/name:tag@sha256:...</c> names.</summary>
/// <param name="Url">The reference as a URL without tag and digest.</param>
/// <param name="Authority">Host with its port.</param>
/// <param name="Name">Repository path in the registry.</param>
/// <param name="Tag">Tag; null where none is given.</param>
/// <param name="Digest"><c>sha256:...</c>; null where none is given.</param>
internal sealed record RegistryReference(Uri Url, string Authority, string Name, string? Tag, string? Digest)
{
    private const string Scheme = "oci://";

    /// <summary>Whether a text is meant as a reference to a registry.</summary>
    public static bool IsOne(string? text) => text?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ?? false;

    /// <exception cref="HelmException">The text is no such reference.</exception>
    public static RegistryReference Parse(string text)
    {
        var rest = text[Scheme.Length..];
        string? digest = null;
        if (rest.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at)
        {
            digest = rest[(at + 1)..];
            rest = rest[..at];
        }

        string? tag = null;
        var colon = rest.LastIndexOf(':');
        if (colon > rest.LastIndexOf('/') && rest.Contains('/'))
        {
            tag = rest[(colon + 1)..];
            rest = rest[..colon];
        }

        rest = rest.TrimEnd('/');
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var wrong = slash <= 0 || rest[(slash + 1)..].Split('/').Any(part => part is "" or "." or "..")
            || rest[(slash + 1)..].Any(c => !(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '/' or '.' or '_' or '-'))
            || (digest is not null && !IsDigest(digest))
            || !Uri.TryCreate(Scheme + rest, UriKind.Absolute, out _);
        if (wrong)
        {
            throw new HelmException($"\"{text}\" is no chart in a registry: oci://host/path/name[:tag][@sha256:digest] is expected");
        }

        return new RegistryReference(new Uri(Scheme + rest), rest[..slash], rest[(slash + 1)..], tag, digest);
    }

    /// <summary>Whether a text is <c>sha256:</c> and 64 hexadecimal digits.</summary>
    public static bool IsDigest(string text) =>
        text.Length == 71 && text.StartsWith("sha256:", StringComparison.Ordinal) && text.Skip(7).All(char.IsAsciiHexDigitLower);
}
