using System.Text;
using System.Text.Json.Nodes;
using NaaS.Helm.Go;

namespace NaaS.Helm.Releases;

/// <summary>A rendered release.</summary>
public sealed record RenderedRelease
{
    /// <summary>What <c>helm template</c> prints; bytes that are not UTF-8 are U+FFFD here.</summary>
    public required string Text { get; init; }

    internal string? ByteString { get; init; }

    /// <summary>Byte for byte what <c>helm template</c> prints.</summary>
    public byte[] ToBytes() => ByteString is null ? Encoding.UTF8.GetBytes(Text) : GoString.ToBytes(ByteString);

    /// <summary>Objects in Helm's install order, without hooks and CRDs of crds/.</summary>
    public required IReadOnlyList<Manifest> Manifests { get; init; }

    /// <summary>Hooks in the order in which they run within their event; test hooks included.</summary>
    public required IReadOnlyList<Hook> Hooks { get; init; }

    /// <summary>
    /// Objects of the crds/ folders, parent chart first. Read from the files when first asked for; a file that is no YAML is a
    /// <see cref="HelmException"/> then, since <c>helm template</c> does not look into them.
    /// </summary>
    public required IReadOnlyList<Manifest> Crds { get; init; }

    /// <summary>The top chart's NOTES.txt, executed; null where it has none.</summary>
    public string? Notes { get; init; }
}

/// <summary>One object of a release.</summary>
/// <param name="Source">Template that made it, such as <c>web/templates/deployment.yaml</c>.</param>
/// <param name="Text">Its YAML as rendered.</param>
/// <param name="Object">The parsed object.</param>
public sealed record Manifest(string Source, string Text, JsonObject Object);

/// <summary>An object with a <c>helm.sh/hook</c> annotation.</summary>
/// <param name="Manifest">The object.</param>
/// <param name="Events">Events such as <c>pre-install</c>, in Helm's spelling.</param>
/// <param name="Weight">Lower weights run first.</param>
/// <param name="DeletePolicies">Delete policies; <c>before-hook-creation</c> where none is given.</param>
public sealed record Hook(Manifest Manifest, IReadOnlyList<string> Events, int Weight, IReadOnlyList<string> DeletePolicies);
