using NaaS.Helm.Releases;

namespace NaaS.Helm.Templates;

/// <summary>What templates write to: one growing buffer; <c>include</c> takes back what it wrote as a string.</summary>
internal sealed class OutputBuffer(long limit)
{
    private char[] buffer = new char[16 * 1024];
    private long total;

    public int Length { get; private set; }

    public void Write(ReadOnlySpan<char> text)
    {
        total += text.Length;
        if (total > limit)
        {
            throw new LimitException($"rendering stopped: more than {limit} bytes of output ({nameof(RenderLimits)}.{nameof(RenderLimits.OutputBytes)})");
        }
        if (Length + text.Length > buffer.Length)
        {
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, Length + text.Length));
        }
        text.CopyTo(buffer.AsSpan(Length));
        Length += text.Length;
    }

    /// <summary>Removes and returns what was written since a length.</summary>
    public string TakeFrom(int start)
    {
        string text = Length == start ? "" : new string(buffer, start, Length - start);
        Length = start;
        return text;
    }
}
