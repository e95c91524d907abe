using System.Text;

namespace NaaS.Benchmarks.Fuzz;

/// <summary>Damages good texts: bytes flipped, pieces cut, doubled, moved or taken from elsewhere, words of the language put in, nesting made deep.</summary>
internal static class TextMutation
{
    private const int MostMutations = 8;
    private const int MostRepeats = 5000;
    private const int MostBytes = 64 * 1024;

    public static byte[] Of(Random random, IReadOnlyList<string> seeds, IReadOnlyList<string> words)
    {
        var text = new List<byte>(Pick(random, seeds));
        for (var i = Math.Min(random.Next(MostMutations + 1), random.Next(MostMutations + 1)); i > 0; i--)
        {
            Mutate(random, text, seeds, words);
        }

        return text.Count > MostBytes ? [.. text.Take(MostBytes)] : [.. text];
    }

    /// <summary>Damages bytes of which nothing is known.</summary>
    public static void Damage(Random random, List<byte> bytes)
    {
        for (var i = random.Next(1, MostMutations); i > 0; i--)
        {
            Mutate(random, bytes, ["a"], ["\0", "/", "..", "\u00ff"]);
        }
    }

    private static void Mutate(Random random, List<byte> text, IReadOnlyList<string> seeds, IReadOnlyList<string> words)
    {
        var at = random.Next(text.Count + 1);
        var length = random.Next(Math.Min(text.Count - at, 40) + 1);
        switch (random.Next(100))
        {
            case < 20 when at < text.Count:
                text[at] = (byte)random.Next(256);
                break;
            case < 35:
                text.RemoveRange(at, length);
                break;
            case < 45:
                text.InsertRange(at, text.GetRange(at, length));
                break;
            case < 55:
                var piece = text.GetRange(at, length);
                text.RemoveRange(at, length);
                text.InsertRange(random.Next(text.Count + 1), piece);
                break;
            case < 85:
                text.InsertRange(at, Pick(random, words));
                break;
            case < 98:
                var other = Pick(random, seeds);
                text.InsertRange(at, other.AsSpan(random.Next(other.Length + 1)));
                break;
            default:
                var word = Pick(random, words);
                text.InsertRange(at, Enumerable.Repeat(word, random.Next(Math.Min(MostRepeats, MostBytes / Math.Max(1, word.Length)))).SelectMany(bytes => bytes));
                break;
        }
    }

    private static byte[] Pick(Random random, IReadOnlyList<string> from) => Encoding.UTF8.GetBytes(from[random.Next(from.Count)]);
}
