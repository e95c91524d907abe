namespace NaaS.OpenSlice.Checks;

/// <summary>A check does not hold.</summary>
/// <param name="number">Which.</param>
/// <param name="message">What was seen instead.</param>
internal sealed class CheckFailedException(int number, string message) : Exception(message)
{
    /// <summary>The check's number.</summary>
    public int Number => number;

    /// <summary>Throws where what a check demands does not hold.</summary>
    public static void Unless(int number, bool holds, string seen)
    {
        if (!holds)
        {
            throw new CheckFailedException(number, seen);
        }
    }
}
