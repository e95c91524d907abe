namespace NaaS.Benchmarks.Fuzz;

/// <summary>Something that reads what others wrote.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Share">How many inputs it gets, in proportion.</param>
/// <param name="StackBytes">Stack on which it runs in the product.</param>
/// <param name="Make">Makes an input.</param>
/// <param name="Feed">Reads it; refuses it with a HelmException at most.</param>
internal sealed record FuzzTarget(string Name, int Share, int StackBytes, Func<Random, byte[]> Make, Action<byte[]> Feed)
{
    /// <summary>The input of a number: the same for the same seed, target and number.</summary>
    public byte[] Input(int seed, int number) => Make(new Random(HashOf(seed, number)));

    private int HashOf(int seed, int number)
    {
        var hash = 17;
        foreach (var letter in Name)
        {
            hash = unchecked((hash * 31) + letter);
        }

        return unchecked((hash * 31 * 31) + (seed * 1_000_003) + (number * 97));
    }
}
