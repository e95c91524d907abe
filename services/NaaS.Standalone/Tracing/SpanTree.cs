using System.Globalization;
using System.Text;

namespace NaaS.Standalone.Tracing;

/// <summary>Prints a trace as a tree: when each span began, where, what it did and how long it took.</summary>
internal static class SpanTree
{
    /// <summary>The tree. Spans whose parent did not come are roots.</summary>
    public static string Print(IReadOnlyList<ReceivedSpan> spans)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"trace {spans[0].Trace}: {spans.Count} spans\n");
        var known = spans.Select(span => span.Id).ToHashSet();
        var children = spans.ToLookup(span => known.Contains(span.Parent) ? span.Parent : "");
        var begin = spans.Min(span => span.Start);
        Write("", "");
        return text.ToString();

        void Write(string parent, string indent)
        {
            foreach (var span in children[parent].OrderBy(span => span.Start))
            {
                text.Append(CultureInfo.InvariantCulture, $"{Milliseconds(span.Start - begin),8:0.0} ms  {span.Service,-12}  {indent}{span.Name}  ({Milliseconds(span.End - span.Start):0.0} ms){(span.IsError ? " failed" : "")}\n");
                Write(span.Id, indent + "  ");
            }
        }
    }

    private static double Milliseconds(ulong nanoseconds) => nanoseconds / 1e6;
}
