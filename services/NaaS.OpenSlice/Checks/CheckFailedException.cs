namespace NaaS.OpenSlice.Checks;

/// <summary>A check does not hold.</summary>
/// <param name="message">What was seen instead.</param>
internal sealed class CheckFailedException(string message) : Exception(message)
{
    /// <summary>Throws where something does not hold.</summary>
    public static void Unless(bool holds, string seen)
    {
        if (!holds)
        {
            throw new CheckFailedException(seen);
        }
    }
}
