using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace NaaS.Helm.Rendering;

/// <summary>
/// Heads of documents that a chart was rendered to before, by the digest of their text: most documents are the same in the next render, and
/// parsing them is most of its work. Safe for many threads; forgets everything when it has grown too large.
/// </summary>
internal sealed class DocumentHeads
{
    private const int MaxHeads = 4096;
    private const int MaxAnnotationCharacters = 4096;
    private readonly ConcurrentDictionary<(UInt128 High, UInt128 Low), DocumentHead> heads = new();

    /// <summary>The head of the text with this digest; null where it was not kept.</summary>
    public DocumentHead? Find((UInt128 High, UInt128 Low) digest) => heads.GetValueOrDefault(digest);

    /// <summary>Keeps the head of a text, unless it is large.</summary>
    public void Keep((UInt128 High, UInt128 Low) digest, DocumentHead head)
    {
        if (head.Annotations.Sum(annotation => annotation.Key.Length + annotation.Value.Length) > MaxAnnotationCharacters)
        {
            return;
        }
        if (heads.Count >= MaxHeads)
        {
            heads.Clear();
        }
        heads[digest] = head;
    }

    /// <summary>What a text is known by.</summary>
    public static (UInt128 High, UInt128 Low) DigestOf(string text)
    {
        Span<UInt128> digest = stackalloc UInt128[2];
        SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan()), MemoryMarshal.AsBytes(digest));
        return (digest[0], digest[1]);
    }
}
