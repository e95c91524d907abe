using System.Buffers;
using System.IO.Compression;
using NaaS.Helm.Go;
using NaaS.Helm.Rendering;

namespace NaaS.Helm.Charts;

/// <summary>Reads the files of a packed chart into memory, with Helm's checks of their paths. Links are never followed: they are empty files.</summary>
internal static class ChartArchive
{
    private static ReadOnlySpan<byte> Bom => [0xef, 0xbb, 0xbf];

    /// <summary>The files of a gzipped tar without its first path element.</summary>
    /// <exception cref="ChartException">It is no archive, or holds paths that lead out of the chart.</exception>
    public static List<RenderFile> Read(Stream archive, ChartBudget budget)
    {
        try
        {
            return ReadEntries(archive, budget);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or FormatException or ArgumentException or OverflowException or NotSupportedException
            or InvalidOperationException)
        {
            throw new ChartCorruptException("cannot read chart archive: " + e.Message, e);
        }
    }

    /// <summary>A file of these bytes, without a byte order mark; as text where every render needs it.</summary>
    public static RenderFile FileOf(string name, ReadOnlySpan<byte> content, ChartBudget budget)
    {
        content = content.StartsWith(Bom) ? content[Bom.Length..] : content;
        return IsText(name) ? new RenderFile(name, budget.Shared(GoString.FromBytes(content))) : new RenderFile(name, content.ToArray());
    }

    private static List<RenderFile> ReadEntries(Stream archive, ChartBudget budget)
    {
        var files = new List<RenderFile>();
        using var unzipped = new BoundedStream(new GZipStream(archive, CompressionMode.Decompress), budget);
        var tar = new TarFiles(unzipped);
        while (tar.Next() is var (entryName, size))
        {
            var name = CheckedName(entryName);
            budget.SpendFile(entryName, size);
            files.Add(Read(GoString.FromText(name), tar, (int)size, budget));
        }

        return files.Count > 0 ? files : throw new ChartException("no files in chart archive");
    }

    private static bool IsText(string name) =>
        name.Contains("templates/", StringComparison.Ordinal)
        || name[(name.LastIndexOf('/') + 1)..] is "Chart.yaml" or "values.yaml" or "values.schema.json" or "requirements.yaml";

    private static RenderFile Read(string name, TarFiles tar, int size, ChartBudget budget)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            tar.Read(buffer.AsSpan(0, size));
            return FileOf(name, buffer.AsSpan(0, size), budget);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static string CheckedName(string entryName)
    {
        var delimiter = entryName.Contains('\\') ? '\\' : '/';
        var parts = entryName.Split(delimiter);
        var name = string.Join('/', parts.Skip(1));
        if (name.StartsWith('/'))
        {
            throw new ChartException("chart illegally contains absolute paths");
        }

        name = Clean(name);
        if (name == ".")
        {
            throw new ChartException($"chart illegally contains content outside the base directory: \"{entryName}\"");
        }

        if (name.StartsWith("..", StringComparison.Ordinal))
        {
            throw new ChartException("chart illegally references parent directory");
        }

        if (name.Length > 2 && char.IsAsciiLetter(name[0]) && name[1] == ':' && name[2] == '/')
        {
            throw new ChartException("chart contains illegally named files");
        }

        return parts[0] == "Chart.yaml" ? throw new ChartException("chart yaml not in base directory") : name;
    }

    /// <summary>Go's <c>path.Clean</c> of a relative path.</summary>
    private static string Clean(string path)
    {
        var kept = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part == ".." && kept.Count > 0 && kept[^1] != "..")
            {
                kept.RemoveAt(kept.Count - 1);
            }
            else if (part is not ("" or "."))
            {
                kept.Add(part);
            }
        }

        return kept.Count == 0 ? "." : string.Join('/', kept);
    }

    /// <summary>Ends a stream that gives more bytes than allowed, so that a small archive cannot unpack without end.</summary>
    private sealed class BoundedStream(Stream inner, ChartBudget budget) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var got = inner.Read(buffer);
            budget.SpendBytes(got);
            return got;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
