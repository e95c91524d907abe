using System.Collections.Concurrent;

namespace NaaS.Helm.Templates;

/// <summary>
/// What is kept of a chart from render to render: its parsed files, the set that they form, and texts that went through <c>tpl</c>.
/// Safe for many threads; forgets the texts of <c>tpl</c> when they have grown too large.
/// </summary>
internal sealed class ParsedTemplates
{
    private const int MaxCharacters = 2 * 1024 * 1024;
    private readonly ConcurrentDictionary<(string Name, string Text), IReadOnlyDictionary<string, Tree>> texts = new();
    private readonly ConcurrentDictionary<(string Path, FileText File), IReadOnlyDictionary<string, Tree>> files = new();
    private volatile Assembled? last;
    private long characters;

    private sealed record Assembled(List<(string Path, string Text)> Files, TemplateSet Set);

    // The same chart hands out the same strings, so files are told apart by reference, without reading them again.
    private readonly struct FileText(string text) : IEquatable<FileText>
    {
        private readonly string text = text;

        public bool Equals(FileText other) => ReferenceEquals(text, other.text);

        public override bool Equals(object? obj) => obj is FileText other && Equals(other);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(text);
    }

    /// <summary>Trees of a text given to <c>tpl</c>.</summary>
    public IReadOnlyDictionary<string, Tree> OfText(string name, string text)
    {
        if (texts.TryGetValue((name, text), out var trees))
        {
            return trees;
        }
        trees = Parser.Parse(name, text);
        if (Interlocked.Add(ref characters, text.Length + 512) > MaxCharacters)
        {
            texts.Clear();
            Interlocked.Exchange(ref characters, text.Length);
        }
        texts[(name, text)] = trees;
        return trees;
    }

    /// <summary>The set that files form, added in order; files that do not parse are a <see cref="ParseException"/>.</summary>
    public TemplateSet SetOf(List<(string Path, string Text)> ordered)
    {
        if (last is { } kept && Same(kept.Files, ordered))
        {
            return kept.Set;
        }
        var set = new TemplateSet();
        try
        {
            Fill(set, ordered);
        }
        catch (ParseException)
        {
            // Of several mistakes that of the first file is told, copy or not.
            ordered.ForEach(file => Parsed(file.Path, file.Text));
            throw;
        }
        last = new Assembled(ordered, set);
        return set;
    }

    // Charts bring the same library once for each sub chart. A later copy replaces all definitions of an earlier one, so only the last is parsed.
    private void Fill(TemplateSet set, List<(string Path, string Text)> ordered)
    {
        var copies = new Dictionary<FileText, int>();
        for (int i = 0; i < ordered.Count; i++)
        {
            copies[new FileText(ordered[i].Text)] = i;
        }
        for (int i = 0; i < ordered.Count; i++)
        {
            var (path, text) = ordered[i];
            int copy = copies[new FileText(text)];
            if (copy != i && set.Find(path) is null && IsReplaced(Parsed(ordered[copy].Path, text), ordered[copy].Path))
            {
                set.Add(Tree.Deferred(path, text));
            }
            else
            {
                set.Add(Parsed(path, text));
            }
        }
    }

    // Empty definitions do not replace any.
    private static bool IsReplaced(IReadOnlyDictionary<string, Tree> trees, string path) => trees.Values.All(tree => tree.Name == path || !tree.IsEmpty);

    private IReadOnlyDictionary<string, Tree> Parsed(string path, string text) =>
        files.GetOrAdd((path, new FileText(text)), static (key, text) => Parser.Parse(key.Path, text), text);

    private static bool Same(List<(string Path, string Text)> a, List<(string Path, string Text)> b)
    {
        if (a.Count != b.Count)
        {
            return false;
        }
        for (int i = 0; i < a.Count; i++)
        {
            if (!ReferenceEquals(a[i].Text, b[i].Text) || a[i].Path != b[i].Path)
            {
                return false;
            }
        }
        return true;
    }
}
