namespace NaaS.Helm.Charts;

/// <summary>What is left of the limits while a chart and the archives inside it are read: one budget for all of them.</summary>
internal sealed class ChartBudget(ChartLimits limits)
{
    private readonly HashSet<string> texts = new(StringComparer.Ordinal);
    private long bytes;
    private int files;

    public ChartLimits Limits { get; } = limits;

    /// <summary>The same string for the same text: charts bring the same library with each of their sub charts.</summary>
    public string Shared(string text)
    {
        if (texts.TryGetValue(text, out var known))
        {
            return known;
        }

        texts.Add(text);
        return text;
    }

    public void SpendFile(string name, long length)
    {
        if (++files > Limits.Files)
        {
            throw new ChartTooLargeException($"chart has more than {Limits.Files} files");
        }

        if (length > Limits.FileBytes)
        {
            throw new ChartTooLargeException($"decompressed chart file \"{name}\" is larger than the maximum file size {Limits.FileBytes}");
        }
    }

    public void SpendBytes(long count)
    {
        bytes += count;
        if (bytes > Limits.UnpackedBytes)
        {
            throw new ChartTooLargeException($"decompressed chart is larger than the maximum size {Limits.UnpackedBytes}");
        }
    }
}
