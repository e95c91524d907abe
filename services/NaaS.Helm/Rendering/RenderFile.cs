using NaaS.Helm.Go;

namespace NaaS.Helm.Rendering;

/// <summary>
/// A file of a chart. What every render needs is kept as text; everything else, which may be large and is seldom looked at, as the bytes
/// that it has in the archive.
/// </summary>
internal sealed record RenderFile
{
    private readonly object content;

    /// <summary>A file that is kept as text.</summary>
    /// <param name="name">Path relative to the chart, a byte string.</param>
    /// <param name="data">Content, a byte string.</param>
    public RenderFile(string name, string data) => (Name, content) = (name, data);

    /// <summary>A file that is kept as bytes, which nobody changes from now on.</summary>
    public RenderFile(string name, byte[] bytes) => (Name, content) = (name, bytes);

    /// <summary>Path relative to the chart, a byte string.</summary>
    public string Name { get; init; }

    /// <summary>
    /// Content, a byte string. Of a file that is kept as text it is the same instance each time, since parsed templates are cached by it;
    /// of another one it is made anew.
    /// </summary>
    public string Data => content as string ?? GoString.FromBytes((byte[])content);

    /// <summary>Bytes of memory that the content takes.</summary>
    public long Memory => content is string text ? text.Length * (long)sizeof(char) : ((byte[])content).Length;

    /// <summary>The content as bytes.</summary>
    public byte[] ToBytes() => content as byte[] ?? GoString.ToBytes((string)content);
}
