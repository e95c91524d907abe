using NaaS.Helm.Charts;

namespace NaaS.Helm.Sources;

/// <summary>Parsed charts in memory by digest; the one used longest ago makes room.</summary>
/// <param name="most">Most charts kept.</param>
/// <param name="mostBytes">Most memory that they take together; one is kept however large it is.</param>
internal sealed class ParsedCharts(int most, long mostBytes)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Digest, Chart Chart)>> byDigest = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Digest, Chart Chart)> used = new();
    private long bytes;

    public Chart? Find(string digest)
    {
        lock (gate)
        {
            if (!byDigest.TryGetValue(digest, out var node))
            {
                return null;
            }

            used.Remove(node);
            used.AddFirst(node);
            return node.Value.Chart;
        }
    }

    /// <summary>Keeps a chart and returns the one to use: the same instance for all who ask for the digest.</summary>
    public Chart Keep(string digest, Chart chart)
    {
        lock (gate)
        {
            if (byDigest.TryGetValue(digest, out var known))
            {
                return known.Value.Chart;
            }

            byDigest[digest] = used.AddFirst((digest, chart));
            bytes += chart.Memory;
            while (byDigest.Count > most || (bytes > mostBytes && byDigest.Count > 1))
            {
                var oldest = used.Last!.Value;
                byDigest.Remove(oldest.Digest);
                bytes -= oldest.Chart.Memory;
                used.RemoveLast();
            }

            return chart;
        }
    }
}
