namespace NaaS.Helm.Templates;

/// <summary>
/// Hands out one string for the same word: names of fields, functions and variables repeat all over a chart. A table of fixed size, unlike
/// <see cref="string.Intern"/>, so that charts cannot fill the memory with words; a word that was pushed out is made again. Safe for many threads.
/// </summary>
internal static class Words
{
    private const int Slots = 8192;
    private const int Longest = 48;
    private static readonly string?[] Known = new string?[Slots];

    /// <summary>The word as a string.</summary>
    public static string Of(ReadOnlySpan<char> word)
    {
        if (word.Length > Longest)
        {
            return new string(word);
        }
        uint hash = 2166136261;
        foreach (char c in word)
        {
            hash = (hash ^ c) * 16777619;
        }
        ref string? slot = ref Known[(hash ^ (hash >> 16)) % Slots];
        var known = slot;
        return known is not null && word.SequenceEqual(known) ? known : slot = new string(word);
    }
}
