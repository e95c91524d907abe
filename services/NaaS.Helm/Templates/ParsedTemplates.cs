using System.Collections.Concurrent;

namespace NaaS.Helm.Templates;

/// <summary>Parsed texts by name and content. Safe for many threads; forgets everything when it has grown too large.</summary>
internal sealed class ParsedTemplates
{
    private const int MaxCharacters = 32 * 1024 * 1024;
    private readonly ConcurrentDictionary<(string Name, string Text), IReadOnlyDictionary<string, Tree>> parsed = new();
    private long characters;

    /// <summary>Trees of a text.</summary>
    public IReadOnlyDictionary<string, Tree> Get(string name, string text)
    {
        if (parsed.TryGetValue((name, text), out var trees))
        {
            return trees;
        }
        trees = Parser.Parse(name, text);
        if (Interlocked.Add(ref characters, text.Length + 512) > MaxCharacters)
        {
            parsed.Clear();
            Interlocked.Exchange(ref characters, text.Length);
        }
        parsed[(name, text)] = trees;
        return trees;
    }
}
